"""Pictures of figures: frozen values in, a PNG and its words out. The only room that knows matplotlib.

One file per picture. `theme` has colours, type and the canvas; matplotlib is loaded when the first picture is drawn.
"""
