"""A sheet of paper to draw on, measured in pixels from its upper left corner."""

from collections.abc import Sequence
from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from bot.digests.fonts import font, legible

#: a photo that fills a telephone held upright
WIDTH, HEIGHT = 1080, 1350
#: one point of a font is one pixel
DPI = 72

PAPER = "#f4f5f7"
CARD = "#ffffff"
INK = "#1b2530"
MUTED = "#55616e"
RULE = "#dfe3e8"

#: how far words may shrink before they are cut
SMALLEST = 0.6

_TURNED = {"left": "right", "right": "left", "center": "center"}


class Sheet:
    """What is drawn on it stays in this order, later things above earlier ones. Mirrored, all of it begins at
    the right: for who reads from there, also time runs so."""

    def __init__(self, language: str, *, mirrored: bool = False) -> None:
        self._language = language
        self._mirrored = mirrored
        self._figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=PAPER)
        FigureCanvasAgg(self._figure)  # measures and draws without a screen
        self._paper = self._figure.add_axes((0, 0, 1, 1))
        self._paper.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        self._paper.axis("off")

    def words(
        self,
        at: tuple[float, float],
        said: str,
        size: float,
        *,
        colour: str = INK,
        bold: bool = False,
        align: str = "left",
        width: float = WIDTH,
    ) -> float:
        """Writes one line on a base line, smaller or cut if it would be wider; where it ends (x)."""
        x, y = self._place(at[0]), at[1]
        towards = _TURNED[align] if self._mirrored else align
        text = self._paper.text(
            x, y, legible(said, self._language), color=colour, ha=towards, parse_math=False
        )
        text.set_fontproperties(font(self._language, size))
        if bold:
            # The variable font has only its regular weight here, so a stroke of its own colour thickens it.
            text.set_path_effects([withStroke(linewidth=size / 22, foreground=colour)])
        self._fit(text, size, width)
        extent = text.get_window_extent()
        return self._place(float(extent.x0 if self._mirrored else extent.x1))

    def box(
        self,
        at: tuple[float, float],
        size: tuple[float, float],
        fill: str,
        *,
        edge: str = "none",
        round: float = 0,
    ) -> None:
        """Fills a rectangle, with rounded corners (radius in pixels)."""
        radius = min(round, *(side / 2 for side in size))
        corner = self._place(at[0]) - (size[0] if self._mirrored else 0)
        style = f"round,pad=0,rounding_size={radius}" if radius else "square,pad=0"
        self._paper.add_patch(
            FancyBboxPatch(
                (corner, at[1]), *size, boxstyle=style, facecolor=fill, edgecolor=edge, linewidth=2
            )
        )

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float = 2) -> None:
        """Joins points."""
        self._paper.plot(
            *zip(*self._places(points), strict=True), color=colour, linewidth=width, solid_capstyle="round"
        )

    def area(self, points: Sequence[tuple[float, float]], floor: float, fill: str) -> None:
        """Fills what lies between a line and a floor."""
        xs, ys = zip(*self._places(points), strict=True)
        self._paper.fill_between(xs, ys, floor, color=fill, linewidth=0)

    def dot(self, at: tuple[float, float], colour: str, size: float = 12) -> None:
        """Marks a point, with a rim that sets it off from the line it lies on."""
        self._paper.plot(
            self._place(at[0]),
            at[1],
            marker="o",
            markersize=size,
            color=colour,
            markeredgecolor=CARD,
            markeredgewidth=2,
        )

    def png(self) -> bytes:
        """The sheet as a picture."""
        file = BytesIO()
        self._figure.savefig(file, format="png")
        return file.getvalue()

    def _place(self, x: float) -> float:
        """Where it is drawn."""
        return WIDTH - x if self._mirrored else x

    def _places(self, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(self._place(x), y) for x, y in points]

    def _fit(self, text: Text, size: float, width: float) -> None:
        smallest = size * SMALLEST
        while self._width(text) > width and size > smallest:
            size = max(smallest, min(size - 1, size * width / self._width(text)))
            text.set_fontsize(size)
        words = text.get_text()
        while self._width(text) > width and words:
            words = words[: int(len(words) * width / self._width(text)) - 1]
            text.set_text(words.rstrip() + "…")

    def _width(self, text: Text) -> float:
        return float(text.get_window_extent().width)
