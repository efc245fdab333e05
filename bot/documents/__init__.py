"""A review as a document: one model, cut for who reads it, written as slides, as a paper and as Markdown.

`model` is what a review says, every part marked internal or client-safe with the reason; `copies` cuts it for its
readers; `deck` and `paper` write files that stay editable; `lint` opens a finished file again and looks for what the
customer must not see. The only room that knows python-pptx and python-docx.
"""
