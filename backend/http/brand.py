"""A company's stylesheet and logo; their addresses name their content, so that they may be cached for ever."""

from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from backend import files
from backend.actor import Actor, require_admin
from backend.errors import Refusal
from backend.tenants.brand import MOST_LOGO_BYTES, logo_key, logo_type, logo_url, set_logo
from backend.tenants.queries import get_company
from backend.tenants.stylesheet import stylesheet, stylesheet_hash

FOR_EVER = "public, max-age=31536000, immutable"


class BrandController(Controller):
    """`/brand/{hash}.css`, `/logo/{hash}` and the upload of a logo."""

    @get("/brand/{name:str}")
    async def stylesheet(self, name: FromPath[str]) -> Response[str]:
        """The brand's stylesheet. An old address gets the new one, and is not cached."""
        company = await get_company()
        fresh = name == f"{stylesheet_hash(company)}.css"
        return Response(
            stylesheet(company),
            media_type="text/css",
            headers={"Cache-Control": FOR_EVER if fresh else "no-cache"},
        )

    @get("/logo/{name:str}")
    async def logo(self, name: FromPath[str]) -> Response[bytes]:
        """The logo, under its own address alone."""
        company = await get_company()
        if company.logo_key is None or logo_url(company.logo_key) != f"/logo/{name}":
            raise Refusal("not_found")
        return Response(
            await files.get(company.logo_key),
            media_type=company.logo_type,
            headers={"Cache-Control": FOR_EVER, "Content-Security-Policy": "default-src 'none'"},
        )

    @post("/logo", request_max_body_size=MOST_LOGO_BYTES + 65_536)
    async def upload(self, request: Request[Any, Any, Any]) -> dict[str, str | None]:
        """Show an uploaded picture (field `file`) as the logo."""
        actor: Actor = request.scope["state"]["actor"]
        require_admin(actor)
        given = (await request.form()).get("file")
        if not isinstance(given, UploadFile):
            raise Refusal("required", "file")
        picture = await given.read()
        media_type = logo_type(picture)
        key = logo_key(actor, picture)
        await files.put(key, picture)
        await set_logo(actor, key, media_type)
        return {"logoUrl": logo_url(key)}
