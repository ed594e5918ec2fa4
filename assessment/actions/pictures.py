"""Pictures that companies send: read by content, bounded before they are decoded, and written anew."""

import io
import warnings
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from assessment.actions.colours import in_srgb, of_eight_bits
from assessment.actions.errors import PictureError
from assessment.actions.forgetting import forget_use_case
from assessment.actions.usecases import content_changed, locked, showcase_changed
from assessment.maturity.fingerprints import fingerprint_of_bytes
from assessment.models import Company, Picture, UseCase, User

FORMATS = ["PNG", "JPEG", "WEBP"]
MOST_BYTES = 5_000_000
MOST_PIXELS = 24_000_000
MOST_PICTURES = 6
LONGEST_SENT = 16_384  # pixels of a side: one pixel by 24 million costs as much as 200 photographs
LONGEST_SIDE = {Picture.Kind.PICTURE: 1600, Picture.Kind.LOGO: 480}


class BadPictureError(PictureError):
    """Not a picture that is taken; says which way: "bytes", "pixels" or "type"."""


class TooManyPicturesError(PictureError):
    pass


def re_encoded(data: bytes, *, longest: int) -> tuple[bytes, int, int]:
    """Return (WebP bytes, width, height): the pixels alone, upright; position, comments, scripts stay behind."""
    if len(data) > MOST_BYTES:
        raise BadPictureError("bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow warns of is refused below
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            if image.width * image.height > MOST_PIXELS or max(image.size) > LONGEST_SENT:
                raise BadPictureError("pixels")
            image.load()
            upright = ImageOps.exif_transpose(image)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadPictureError("type") from error
    plain = of_eight_bits(upright)
    plain.thumbnail((longest, longest))
    plain = in_srgb(plain, profile=upright.info.get("icc_profile"))
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=82)
    return out.getvalue(), *clean.size


@transaction.atomic
def add_picture(
    *, use_case: UseCase, by: User, data: bytes, alt: str, kind: Picture.Kind = Picture.Kind.PICTURE
) -> Picture:
    locked_case = locked(use_case)
    if locked_case.pictures.filter(kind=Picture.Kind.PICTURE).count() >= MOST_PICTURES and kind == Picture.Kind.PICTURE:
        raise TooManyPicturesError
    written, width, height = re_encoded(data, longest=LONGEST_SIDE[kind])
    if kind == Picture.Kind.LOGO:
        for old in locked_case.pictures.filter(kind=kind):
            delete(old)
    picture = Picture(use_case=locked_case, kind=kind, alt=alt, width=width, height=height)
    picture.sha256 = fingerprint_of_bytes(written)
    picture.file.save("", ContentFile(written), save=False)
    picture.save(force_insert=True)
    content_changed(locked_case, by=by)
    return picture


@transaction.atomic
def remove_picture(*, picture: Picture, by: User) -> None:
    locked_case = locked(picture.use_case)
    delete(picture)
    content_changed(locked_case, by=by)


def delete(picture: Picture) -> None:
    # The file goes once the row is surely gone.
    transaction.on_commit(partial(picture.file.storage.delete, str(picture.file.name)))
    picture.delete()


@transaction.atomic
def erase_use_cases(*, company: Company) -> None:
    # With the company: its cases, and the files that no row would then know.
    for picture in Picture.objects.filter(use_case__company=company):
        delete(picture)
    company.use_cases.all().delete()
    showcase_changed()


@transaction.atomic
def delete_use_case(*, use_case: UseCase) -> None:
    locked_case = locked(use_case)
    for picture in locked_case.pictures.all():
        delete(picture)
    forget_use_case(locked_case)
    locked_case.delete()
    showcase_changed()
