import json

from fairplanner.domain.plan import SCHEMA_VERSION, Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.plan_json import plan_json, snapshot_json
from tests.publish import plans


def test_a_plan_reads_back_as_it_was_written() -> None:
    assert Plan.model_validate_json(plan_json(plans.plan())) == plans.plan()


def test_the_form_is_fixed() -> None:
    content = plan_json(plans.plan())
    held = json.loads(content)
    assert held["schema_version"] == SCHEMA_VERSION
    assert list(held) == sorted(held)
    assert b"\r" not in content
    assert content.endswith(b"}\n")
    assert held["delegations"][0]["cost"][0] == ["fare", "9999.00"]


def test_the_programme_of_a_plan_reads_back_with_its_chinese() -> None:
    content = snapshot_json(plans.programme())
    assert Programme.model_validate_json(content) == plans.programme()
    assert "示例企业f1" in content.decode("utf-8")
