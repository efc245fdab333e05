"""files.getUploadURLExternal and files.completeUploadExternal, with the upload between them."""

import mimetypes
import secrets

from bot.sandbox.api.chat import bot_message, thread_parent, writable
from bot.sandbox.api.content import Content, check_blocks
from bot.sandbox.errors import Json, SlackError, invalid_arguments
from bot.sandbox.world import Upload, World

ALT_MAX = 1000


def get_upload_url(world: World, args: Json) -> Json:
    if args["length"] < 1:
        raise invalid_arguments("must be at least 1 [json-pointer:/length]")
    if len(args.get("alt_txt") or "") > ALT_MAX:
        raise SlackError("alt_txt_too_large")
    upload = Upload(f"F{next(world.ids):08d}", args["filename"], args["length"], secrets.token_urlsafe(12))
    upload.alt = args.get("alt_txt") or ""
    world.uploads[upload.id] = upload
    return {"upload_url": f"{world.base}/upload/v1/{upload.token}", "file_id": upload.id}


def receive(world: World, token: str, content: bytes) -> int:
    """Take the bytes of an upload; returns their number. Raises SlackError on an unknown URL or a wrong length."""
    upload = next((u for u in world.uploads.values() if u.token == token), None)
    if upload is None or upload.shared:
        raise SlackError("not_found", status=404)
    if len(content) != upload.length:
        raise SlackError("file_size_mismatch", status=400)
    upload.content = content
    return len(content)


def file_json(world: World, upload: Upload) -> Json:
    """A file as messages and file inputs carry it."""
    owner = upload.user or world.bot.id
    address = f"{world.base}/files/{upload.id}/{upload.token}"
    kind = mimetypes.guess_type(upload.filename)[0] or "application/octet-stream"
    described = {"alt_txt": upload.alt} if upload.alt else {}
    return {
        "id": upload.id,
        "name": upload.filename,
        "title": upload.title or upload.filename,
        "mimetype": kind,
        "filetype": upload.filename.rpartition(".")[2].lower(),
        "size": upload.length,
        "user": owner,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": address,
        "url_private_download": address,
        "permalink": f"https://{world.workspace.team.domain}.slack.com/files/{owner}/{upload.id}",
        **described,
    }


def complete_upload(world: World, args: Json) -> Json:
    """One message with all files per conversation; without one they stay the app's own."""
    if not isinstance(args["files"], list) or not args["files"]:
        raise invalid_arguments("no fewer than 1 item allowed [json-pointer:/files]")
    comment = args.get("initial_comment") or ""
    content = Content(comment, [] if comment else check_blocks(args.get("blocks")))
    uploads: list[Upload] = []
    for entry in args["files"]:
        upload = world.uploads.get(entry.get("id", "")) if isinstance(entry, dict) else None
        if upload is None or upload.content is None or upload.shared:
            raise SlackError("file_not_found")
        upload.title = entry.get("title") or ""
        uploads.append(upload)
    files = [file_json(world, upload) for upload in uploads]
    wanted = args.get("channel_id") or args.get("channels") or ""
    if not all(part.strip()[:1] in ("C", "G", "D", "Z") for part in wanted.split(",") if part.strip()):
        # Unlike a message, a file is not sent to a user id or to a channel's name.
        raise invalid_arguments("input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$ [json-pointer:/channel_id]")
    channels = [writable(world, part.strip(), posting=False) for part in wanted.split(",") if part.strip()]
    for channel in channels:
        parent = thread_parent(world, channel, args.get("thread_ts"))
        bot_message(world, channel, content, thread_ts=parent, files=files, subtype="file_share")
    for upload in uploads:
        upload.shared = True
    return {"files": files}


HANDLERS = {"files.completeUploadExternal": complete_upload, "files.getUploadURLExternal": get_upload_url}
