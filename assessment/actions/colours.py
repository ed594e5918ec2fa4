"""Colours of a picture as every screen takes them: eight bits, sRGB."""

import io

from PIL import Image, ImageCms, ImageMath

OF_SIXTEEN_BITS = {"I", "I;16", "I;16L", "I;16B", "I;16N"}
MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}  # of pixels, by the colours that a profile speaks of
SRGB = ImageCms.createProfile("sRGB")


def of_eight_bits(image: Image.Image) -> Image.Image:
    """Return the picture as L, RGB or CMYK, with A where a part of it is transparent; palettes are gone."""
    if image.mode in OF_SIXTEEN_BITS:
        return eighths(image)
    if image.mode == "CMYK":
        return image.copy()
    transparent = "transparency" in image.info or "A" in image.getbands() or "a" in image.getbands()
    if image.mode in {"1", "L", "LA"}:
        return image.convert("LA" if transparent else "L")
    return image.convert("RGBA" if transparent else "RGB")


def eighths(image: Image.Image) -> Image.Image:
    """Return 16 bits of grey as 8: Pillow's own way leaves white all that is brighter than 255 of 65,535."""
    invisible = image.info.get("transparency")
    wide = image.convert("I")
    grey = wide.convert("F").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if not isinstance(invisible, int):
        return grey
    visible = ImageMath.lambda_eval(lambda given: given["convert"]((given["wide"] != invisible) * 255, "L"), wide=wide)
    return Image.merge("LA", [grey, visible])


def in_srgb(image: Image.Image, *, profile: bytes | None) -> Image.Image:
    """Return the picture as RGB or RGBA, its colours read by its own profile; nothing is brightened on the way."""
    alpha = image.getchannel("A") if "A" in image.getbands() else None
    colours = image.convert(image.mode.removesuffix("A")) if alpha else image
    plain = by_profile(colours, profile) if profile else None
    plain = plain or colours.convert("RGB")
    if alpha:
        plain.putalpha(alpha)
    return plain


def by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """Return the picture in sRGB; None where the profile is damaged, or of another kind of picture."""
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = MODES.get(own.profile.xcolor_space.strip())
        if image.mode == "L" and mode == "RGB":
            image = image.convert("RGB")
        if image.mode != mode:
            return None
        return ImageCms.profileToProfile(
            image, own, SRGB, renderingIntent=ImageCms.Intent(ImageCms.getDefaultIntent(own)), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
