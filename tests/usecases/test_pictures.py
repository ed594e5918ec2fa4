"""Whatever is sent as a picture is refused or made harmless, and shown only while its case is."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from assessment.actions import usecases as actions
from assessment.actions.people import erase_company
from assessment.actions.pictures import BadPictureError, TooManyPicturesError, re_encoded
from assessment.models import Picture, Publication
from tests.factories import make_company, make_staff, make_user
from tests.usecases.makers import consent, make_picture, make_use_case, picture_bytes

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAYLOAD = b"<script>alert(1)</script><?php system($_GET[0]); ?>"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "data",
    [
        SVG,
        b"",
        b"GIF89a" + bytes(100),
        b"%PDF-1.7",
        picture_bytes(format="GIF"),
        picture_bytes(format="TIFF"),
        picture_bytes(format="BMP"),
        picture_bytes()[:60],
        b"\x89PNG\r\n\x1a\n" + PAYLOAD,
        b"PK\x03\x04" + bytes(100),
    ],
)
def test_what_is_no_picture_of_the_three_types_is_refused(data):
    with pytest.raises(BadPictureError, match="type"):
        re_encoded(data, longest=1600)


def test_a_bomb_is_refused_before_it_is_decoded():
    """12,000 × 12,000 pixels in 20 kB: 400 MB once decoded."""
    out = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")

    with pytest.raises(BadPictureError, match="pixels"):
        re_encoded(out.getvalue(), longest=1600)


@pytest.mark.parametrize("size", [(1, 16_385), (16_385, 1)])
def test_a_picture_with_a_side_without_end_is_refused_before_it_is_decoded(size):
    """However few its pixels, their number alone doesn't say what they cost: 1 × 23,999,999 took 3.8 seconds."""
    with pytest.raises(BadPictureError, match="pixels"):
        re_encoded(picture_bytes(size=size), longest=1600)


def test_a_panorama_is_taken():
    _written, width, height = re_encoded(picture_bytes(size=(16_384, 512)), longest=1600)

    assert (width, height) == (1600, 50)


def test_a_file_that_is_too_heavy_is_refused():
    with pytest.raises(BadPictureError, match="bytes"):
        re_encoded(bytes(5_000_001), longest=1600)


def test_position_and_device_are_removed():
    exif = Image.Exif()
    exif[0x010F] = "A telephone"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0)})
    sent = picture_bytes(format="JPEG", exif=exif)
    assert dict(Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)) != {}

    written, _width, _height = re_encoded(sent, longest=1600)

    kept = Image.open(io.BytesIO(written))
    assert (dict(kept.getexif()), kept.info.get("exif"), b"A telephone" in written) == ({}, None, False)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_what_is_hidden_behind_a_picture_is_left_behind(format):
    written, width, height = re_encoded(picture_bytes(format=format) + PAYLOAD, longest=1600)

    assert (b"script" in written, b"php" in written, width, height) == (False, False, 40, 30)


def test_a_text_chunk_is_left_behind():
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", PAYLOAD.decode())

    written, _width, _height = re_encoded(picture_bytes(pnginfo=info), longest=1600)

    assert b"script" not in written


def test_a_large_picture_is_made_smaller():
    _written, width, height = re_encoded(picture_bytes(size=(4000, 1000)), longest=1600)

    assert (width, height) == (1600, 400)


def test_name_and_extension_of_the_sender_are_forgotten(client, tmp_path):
    use_case = make_use_case()
    client.force_login(use_case.created_by)
    sent = SimpleUploadedFile("../../evil.svg", picture_bytes(), content_type="image/svg+xml")

    client.post(
        reverse("company_use_case_picture", args=[use_case.company_id, use_case.pk]),
        {"file": sent, "alt": "A sensor", "kind": "picture"},
    )

    [name] = files(tmp_path)
    assert name.endswith(".webp")
    assert "evil" not in name


def test_an_svg_under_another_name_is_refused_with_a_message(client, tmp_path):
    use_case = make_use_case()
    client.force_login(use_case.created_by)
    sent = SimpleUploadedFile("logo.png", SVG, content_type="image/png")

    response = client.post(
        reverse("company_use_case_picture", args=[use_case.company_id, use_case.pk]),
        {"file": sent, "alt": "A logo", "kind": "logo"},
    )

    assert "This is not a PNG, JPEG or WebP picture." in response.content.decode()
    assert files(tmp_path) == []


def test_a_picture_without_a_description_is_refused(client):
    use_case = make_use_case()
    client.force_login(use_case.created_by)
    sent = SimpleUploadedFile("a.png", picture_bytes(), content_type="image/png")

    client.post(
        reverse("company_use_case_picture", args=[use_case.company_id, use_case.pk]), {"file": sent, "kind": "picture"}
    )

    assert not Picture.objects.exists()


def test_six_pictures_are_enough():
    use_case = make_use_case()
    for _ in range(6):
        make_picture(use_case)

    with pytest.raises(TooManyPicturesError):
        make_picture(use_case)


def test_a_new_logo_takes_the_place_of_the_old_one(tmp_path, django_capture_on_commit_callbacks):
    use_case = make_use_case()
    with django_capture_on_commit_callbacks(execute=True):
        make_picture(use_case, kind="logo")
        second = make_picture(use_case, kind="logo")

    assert (list(use_case.pictures.all()), len(files(tmp_path))) == ([second], 1)


def test_a_picture_is_public_while_its_case_is(client):
    use_case = make_use_case()
    picture = make_picture(use_case)
    address = reverse("use_case_picture", args=[picture.pk])
    statuses = [client.get(address).status_code]
    consent(use_case)
    actions.publish(use_case=use_case, by=make_staff(group="reviewer"))

    public = client.get(address)
    b"".join(public.streaming_content)
    actions.withdraw(use_case=use_case, by=use_case.created_by)

    assert (*statuses, public.status_code, client.get(address).status_code) == (404, 200, 404)
    assert {name: public.headers[name] for name in ["Content-Type", "X-Content-Type-Options"]} == {
        "Content-Type": "image/webp",
        "X-Content-Type-Options": "nosniff",
    }
    assert "default-src 'none'" in public.headers["Content-Security-Policy"].split("; ")


def test_a_logo_without_consent_to_it_is_not_public(client):
    use_case = make_use_case()
    logo = make_picture(use_case, kind="logo")
    consent(use_case)
    actions.publish(use_case=use_case, by=make_staff(group="reviewer"))

    assert client.get(reverse("use_case_picture", args=[logo.pk])).status_code == 404


def test_before_it_is_public_its_company_and_the_reviewers_see_it(client):
    address = reverse("use_case_picture", args=[make_picture(make_use_case(by=make_user(email="me@own.example"))).pk])
    seen = []
    for user in [Picture.objects.get().use_case.created_by, make_staff(group="reviewer"), make_user()]:
        client.force_login(user)
        response = client.get(address)
        seen.append(response.status_code)
        if response.streaming:
            b"".join(response.streaming_content)

    assert seen == [200, 200, 404]


def test_a_picture_added_after_consent_ends_it():
    use_case = make_use_case()
    consent(use_case)
    actions.publish(use_case=use_case, by=make_staff(group="reviewer"))

    make_picture(use_case)

    assert not Publication.objects.exists()


def test_erasing_a_company_leaves_no_file(tmp_path, django_capture_on_commit_callbacks):
    company = make_company()
    use_case = make_use_case(company=company)
    make_picture(use_case)

    with django_capture_on_commit_callbacks(execute=True):
        erase_company(company=company, reason="asked for")

    assert (files(tmp_path), Picture.objects.count()) == ([], 0)
