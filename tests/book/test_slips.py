"""Lines and slips of the sheet are counted by line, not by reading."""

from wordgrad.book import show_sheet_summary, show_slips
from wordgrad.book.slips import HINTS, count_slips
from wordgrad.derivations.sheet import SHEET


def test_slips_count_lines_not_readings() -> None:
    counts = {count.slip: count for count in count_slips()}
    assert counts["row for column"].certain == ("Q2.3",)
    assert counts["wrong index"].certain == ("Q2.4",)
    assert set(counts["wrong index"].possible) == {"Q3.2", "Q5.5", "Q5.6"}
    for count in counts.values():
        assert len(set(count.certain + count.possible)) == len(count.certain + count.possible)
    assert list(counts)[-1] == "missing"
    assert set(counts) == {slip for line in SHEET for slip in line.slips} == set(HINTS)


def test_slips_are_shown_with_their_numbers() -> None:
    rows = show_slips().markdown.split("{div} wg-row\n")[1:]
    assert len(rows) == len(count_slips())
    for count in count_slips():
        number = len(count.certain) + len(count.possible)
        (row,) = (row for row in rows if f"**{count.slip}**" in row)
        assert f"\n{number} line" in row
        assert all(label in row for label in count.certain)
        assert all(f"({label})" in row for label in count.possible)


def test_the_summary_counts_each_line_once() -> None:
    rows = show_sheet_summary().markdown.splitlines()[2:]
    cells = [cell for row in rows for cell in row.strip("| ").split(" | ")]
    total = sum(int(cell) for cell in cells if cell.isdigit())
    assert total == len({line.label for line in SHEET})
