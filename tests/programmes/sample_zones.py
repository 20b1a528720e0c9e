"""The zones of Guizhou that hold sample firms, and what those firms make; zones and sectors as in the reference catalogue."""

from __future__ import annotations

PREFECTURES = {
    "gz-p-guiyang": ("贵阳市", "Guiyang"),
    "gz-p-zunyi": ("遵义市", "Zunyi"),
    "gz-p-liupanshui": ("六盘水市", "Liupanshui"),
    "gz-p-anshun": ("安顺市", "Anshun"),
    "gz-p-bijie": ("毕节市", "Bijie"),
    "gz-p-tongren": ("铜仁市", "Tongren"),
    "gz-p-qiandongnan": ("黔东南州", "Qiandongnan"),
    "gz-p-qiannan": ("黔南州", "Qiannan"),
    "gz-p-qianxinan": ("黔西南州", "Qianxinan"),
}
# zone or base: prefecture above it
PARENTS = {
    "gz-guiyang": "gz-p-guiyang", "gz-zunyi": "gz-p-zunyi", "gz-huishui": "gz-p-qiannan", "gz-longli": "gz-p-qiannan",
    "gz-songtao": "gz-p-tongren", "gz-wanshan": "gz-p-tongren", "gz-sansui": "gz-p-qiandongnan", "gz-lubi": "gz-p-qiandongnan",
    "gz-fenggang": "gz-p-zunyi", "gz-anshun": "gz-p-anshun",
    "gz-base-zunyi-baijiu": "gz-p-zunyi", "gz-base-meitan-tea": "gz-p-zunyi", "gz-base-zhengan-guitar": "gz-p-zunyi",
    "gz-base-guiyang-equip": "gz-p-guiyang", "gz-base-dalong-liion": "gz-p-tongren", "gz-base-cengong-lighter": "gz-p-qiandongnan",
}  # fmt: skip
# leading sectors as the reference catalogue has them
NAMED = {
    "gz-guiyang": ("equipment",),
    "gz-zunyi": ("equipment", "mech-elec"),
    "gz-songtao": ("new-materials",),
    "gz-sansui": ("apparel-textile",),
    "gz-longli": ("building-mat",),
    "gz-fenggang": ("tea",),
    "gz-anshun": ("equipment",),
    "gz-wanshan": ("new-materials",),
}
# what the bases are named for; the other firms take the goods that the 2023 notice names for the province, in turn
BASES = {
    "gz-base-zunyi-baijiu": ("baijiu", "sauce-baijiu"),
    "gz-base-meitan-tea": ("tea",),
    "gz-base-zhengan-guitar": ("guitar",),
    "gz-base-guiyang-equip": ("equipment",),
    "gz-base-dalong-liion": ("li-battery-material", "li-battery"),
    "gz-base-cengong-lighter": ("lighter",),
}
GOODS = (
    "tea", "mech-elec", "apparel-textile", "equipment", "sauce-baijiu", "new-materials", "stone", "xborder-ecom",
    "phosphate", "li-battery", "tyres", "nev", "baijiu", "guitar",
)  # fmt: skip

# Canton sections (phase-number) of a sector; the first is its own, the second one it would also take
SECTIONS = {
    "tea": ("3-16",), "baijiu": ("3-16",), "sauce-baijiu": ("3-16",), "guitar": ("3-17",), "stone": ("2-12", "2-05"), "building-mat": ("2-12",),
    "apparel-textile": ("3-12", "2-05"), "xborder-ecom": ("2-03", "3-11", "1-02"), "equipment": ("1-04", "1-06"), "mech-elec": ("1-16", "2-02"), "li-battery": ("1-17",),
    "li-battery-material": ("1-09", "1-17"), "new-materials": ("1-09",), "phosphate": ("1-09",), "nev": ("1-10", "1-12"),
    "tyres": ("1-12",), "lighter": ("2-08", "3-14"),
}  # fmt: skip
FOOD = ("tea", "baijiu", "sauce-baijiu")
TECH = ("equipment", "mech-elec", "li-battery", "li-battery-material", "new-materials", "nev")
NEAR = ("tea", "baijiu", "sauce-baijiu", "equipment", "mech-elec", "xborder-ecom", "tyres", "phosphate")


def sectors_of(zone_id: str, turn: int) -> tuple[str, ...]:
    """Sectors that the sample firms of a zone take in turn: its own every second time, else the goods of the province."""
    start = (3 * turn) % len(GOODS)
    goods = GOODS[start:] + GOODS[:start]
    own = NAMED.get(zone_id, ())
    return tuple(own[k // 2 % len(own)] if own and k % 2 == 0 else goods[k] for k in range(len(goods)))


def zone_goods() -> list[tuple[str, tuple[str, ...]]]:
    """Zones that hold firms, each with the sectors its sample firms take in turn."""
    mixed = [*PREFECTURES, *(z for z in PARENTS if z not in BASES)]
    return [*((z, sectors_of(z, i)) for i, z in enumerate(mixed)), *BASES.items()]
