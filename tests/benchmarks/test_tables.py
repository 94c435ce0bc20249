from benchmarks.tables import Table, markdown, show


def test_figures_stand_to_the_right_in_a_page():
    assert markdown(Table("", ("a", "F1"), [("b", "0.5"), ("c", "0.25")])) == (
        "| a | F1 |\n|---|---:|\n| b | 0.5 |\n| c | 0.25 |"
    )


def test_a_printed_table_is_at_most_100_columns_wide(capsys):
    show([Table("T", ("a" * 60, *("b" * 20 for _ in range(6))), [("c" * 90, *("0.123" for _ in range(6)))])])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) == 100
    assert lines[0].startswith("T ")


def test_brackets_are_no_markup(capsys):
    show([Table("T", ("a", "b"), [("[red]x", "1")])])
    assert "[red]x" in capsys.readouterr().out
