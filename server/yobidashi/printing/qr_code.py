"""A QR code as the picture that a template sets."""

import io

import segno


def qr_svg(content: str) -> str:
    """Give the QR code of a text as SVG without a margin: a template leaves the quiet zone of four modules free.

    A quarter of it may be dirty or scratched (error correction Q). Micro QR codes, which many readers do not know, are
    never made. Raises `ValueError` for more than 1,600 bytes.
    """
    try:
        code = segno.make_qr(content, error="q", boost_error=False)
    except segno.DataOverflowError as error:
        raise ValueError("too much for a QR code") from error
    picture = io.BytesIO()
    code.save(picture, kind="svg", border=0, xmldecl=False)
    return picture.getvalue().decode()
