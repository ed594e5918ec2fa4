"""A picture keeps its colours, whatever way its file has of saying them."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from assessment.actions.colours import of_eight_bits
from assessment.actions.pictures import re_encoded
from tests.usecases.profiles import grey_inks, linear_grey

CASES = Path(__file__).parent / "pictures"
COLOURS = [(220, 40, 40), (42, 170, 60), (30, 90, 200), (222, 119, 58)]


def shown(data):
    written, _width, _height = re_encoded(data, longest=1600)
    return Image.open(io.BytesIO(written))


def sent(image, format="PNG", **options):
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def a98():
    return Image.open(io.BytesIO((CASES / "colours_a98.jpg").read_bytes())).info["icc_profile"]


def near(seen, expected, within=4):
    """WebP keeps colours but for a few steps of 255."""
    return all(abs(one - other) <= within for one, other in zip(seen, expected, strict=True))


def test_sixteen_bits_of_grey_are_as_bright_as_they_were():
    """From black to white in 256 columns; read as eight bits, all but the first would be white."""
    plain = of_eight_bits(Image.open(io.BytesIO((CASES / "grey16.png").read_bytes())))
    image = shown((CASES / "grey16.png").read_bytes())

    assert [plain.getpixel((x, 0)) for x in range(256)] == list(range(256))
    assert all(near(image.getpixel((x, 32)), (x, x, x)) for x in [0, 32, 96, 160, 224, 255])


def test_sixteen_bits_of_grey_with_an_invisible_one():
    image = Image.new("I;16", (40, 40), 257 * 200)
    image.paste(257 * 100, (0, 0, 20, 40))

    plain = of_eight_bits(Image.open(io.BytesIO(sent(image, transparency=257 * 100))))

    assert [plain.getpixel((5, 5)), plain.getpixel((35, 5))] == [(100, 0), (200, 255)]


def test_colours_are_read_by_the_profile_of_their_file():
    """A98: the same numbers, taken for sRGB, are a duller green, (101, 169, 71)."""
    image = shown((CASES / "colours_a98.jpg").read_bytes())

    assert [near(image.getpixel((x, 32)), colour) for x, colour in zip([32, 96, 160, 224], COLOURS, strict=True)] == [
        *[True] * 4
    ]
    assert image.info.get("icc_profile") is None


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_a_profile_counts_in_every_mode(mode):
    image = Image.new("RGB", (64, 64), (101, 169, 71)).convert(mode, palette=Image.Palette.ADAPTIVE)

    seen = shown(sent(image, icc_profile=a98())).convert("RGB")

    assert near(seen.getpixel((32, 32)), (42, 170, 60))


def test_what_is_transparent_stays_so_under_a_profile():
    image = Image.new("RGBA", (40, 40), (101, 169, 71, 0))
    image.paste((101, 169, 71, 255), (0, 0, 20, 40))

    seen = shown(sent(image, icc_profile=a98()))

    assert near(seen.getpixel((5, 5)), (42, 170, 60, 255))
    assert seen.getpixel((35, 5))[3] == 0


def test_grey_with_a_profile_of_its_own():
    image = Image.new("L", (64, 64), 128)

    seen = shown(sent(image, icc_profile=linear_grey()))

    assert near(seen.getpixel((32, 32)), (188, 188, 188))


def test_grey_under_a_profile_of_colours_is_read_as_a_colour():
    image = Image.new("L", (64, 64), 128)

    seen = shown(sent(image, icc_profile=a98()))

    assert near(seen.getpixel((32, 32)), (129, 129, 129))


def test_four_inks_are_shown_as_the_screen_has_them():
    image = Image.new("CMYK", (64, 64), (255, 0, 255, 0))

    assert near(shown(sent(image, "JPEG")).convert("RGB").getpixel((32, 32)), (0, 255, 0), within=12)


def test_four_inks_are_read_by_their_profile():
    image = Image.new("CMYK", (64, 64), (255, 0, 255, 0))

    seen = shown(sent(image, "JPEG", icc_profile=grey_inks())).getpixel((32, 32))

    assert near(seen, (119, 119, 119), within=6)  # two inks: half of the lightness


@pytest.mark.parametrize(
    "profile", [b"x", b"\0" * 200, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()]
)
def test_a_profile_that_says_nothing_is_passed_over(profile):
    image = Image.new("RGB", (64, 64), (101, 169, 71))

    assert near(shown(sent(image, icc_profile=profile)).getpixel((32, 32)), (101, 169, 71))


@pytest.mark.parametrize(("orientation", "corner"), [(1, (5, 5)), (3, (58, 26)), (6, (26, 5)), (8, (5, 58))])
def test_a_picture_with_a_profile_stands_upright(orientation, corner):
    """The first corner of the file, blue, wherever the camera says that it is."""
    image = Image.new("RGB", (64, 32), (200, 200, 200))
    image.paste((20, 40, 200), (0, 0, 12, 12))
    exif = Image.Exif()
    exif[0x0112] = orientation

    seen = shown(sent(image, "JPEG", exif=exif, icc_profile=a98(), quality=95))

    assert seen.size == ((64, 32) if orientation < 5 else (32, 64))
    assert seen.getpixel(corner)[2] - seen.getpixel(corner)[0] > 100
