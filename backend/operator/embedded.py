"""The servers that `npm start` runs, found by their data folder, so that a verb in a second terminal reaches them."""

import json
import os
from dataclasses import fields, replace

from backend.operator.trouble import CannotDo
from backend.settings import Settings


def completed(settings: Settings) -> Settings:
    """The settings with the addresses of the embedded servers, and of the mail catcher, where none were given, and the
    generated secret key.

    Raises:
        CannotDo: no address was given and nothing was ever started on the data folder.
    """
    found: dict[str, str] = {}
    databases = {
        "database_url": "countersign_app",
        "owner_database_url": "countersign_owner",
        "system_database_url": "countersign_system",
    }
    for setting, role in databases.items():
        if not getattr(settings, setting):
            port = _port(settings, "postgres", setting)
            found[setting] = f"postgresql://{role}:{_secret(settings, role)}@127.0.0.1:{port}/countersign"
    if not settings.redis_url:
        found["redis_url"] = (
            f"redis://:{_secret(settings, 'redis')}@127.0.0.1:{_port(settings, 'redis', 'redis_url')}/0"
        )
    if settings.smtp_url == Settings().smtp_url and not settings.production:
        found["smtp_url"] = f"smtp://127.0.0.1:{settings.mail_catcher_port}"
    if not settings.secret_key:
        found["secret_key"] = _secret(settings, "secret_key")
    return replace(settings, **found)  # type: ignore[arg-type]  # Only settings that are texts.


def hand_to_children(settings: Settings) -> None:
    """Put the settings in the environment, from which processes that we start read theirs."""
    for field in fields(Settings):
        value = getattr(settings, field.name)
        if value != field.default:
            os.environ[f"COUNTERSIGN_{field.name.upper()}"] = str(value)


def _port(settings: Settings, server: str, setting: str) -> int:
    try:
        port: int = json.loads((settings.data_dir / "services.json").read_text())[server]
    except (FileNotFoundError, KeyError, json.JSONDecodeError):
        raise CannotDo(
            f"COUNTERSIGN_{setting.upper()} is not set, and no {server} was started in the data folder "
            f"{settings.data_dir}: run `npm start` first, or set it."
        ) from None
    return port


def _secret(settings: Settings, name: str) -> str:
    try:
        return (settings.data_dir / "secrets" / name).read_text().strip()
    except FileNotFoundError:
        raise CannotDo(
            f"The data folder {settings.data_dir} holds no secret {name}: run `npm start` first, "
            "or set COUNTERSIGN_SECRET_KEY and the addresses of the servers."
        ) from None
