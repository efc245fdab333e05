"""Keys by the code points the WebDriver standard gives them; here so that test modules load without selenium."""

TAB = "\ue004"
ENTER = "\ue007"
ESCAPE = "\ue00c"
ARROW_DOWN = "\ue015"
SHIFT_ENTER = "\ue008\ue007\ue000"
