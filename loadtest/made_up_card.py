"""A reception card as the sample fair asks it; whoever it names is made up."""

from typing import Any


def made_up_card(adults: int, children: int = 0) -> dict[str, Any]:
    """Give what a card's page sends for a party."""
    return {
        "party": {"adults": adults, "children": children},
        "answers": {
            "name": "見本 太郎",
            "kana": "みほん たろう",
            "residence": "saitama",
            "age": "30s",
            "themes": ["housing"],
        },
        "consents": {"city": True, "furusato": False},
    }
