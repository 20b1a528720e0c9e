from fairplanner.publish.press import Press
from fairplanner.publish.yearbook.publishing import KINDS, path_of, year_papers
from fairplanner.shipped import shipped
from tests.publish import plans

TEMPLATES = shipped("templates")


def drafts(edition: str) -> dict[str, object]:
    return {str(d.path): d.data for d in year_papers(Press(plans.programme(), plans.plan(), edition), TEMPLATES)}


def test_all_of_them_stay_in_the_office() -> None:
    assert set(drafts("zh")) == {f"internal/{kind}.zh.pdf" for kind in KINDS}
    assert str(path_of("wall", "en")) == "internal/wall.en.pdf"


def test_page_and_book_are_made_in_two_languages_at_once_and_the_chart_is_not() -> None:
    assert set(drafts("zh-en")) == {"internal/leaders.zh-en.pdf", "internal/book.zh-en.pdf"}


def test_the_same_plan_gives_the_same_data() -> None:
    assert drafts("en") == drafts("en")
