from mobility.web.charts import Bars, Pair, Strip, bars, strip


def test_the_longest_bar_fills_its_cell():
    pairs = [Pair("Sechenov", 8, 10), Pair("Omsk", 4, 0)]
    assert bars(pairs) == [Bars(pairs[0], 80.0, 100.0), Bars(pairs[1], 40.0, 0.0)]
    assert bars([Pair("Nobody", 0, 0)]) == [Bars(Pair("Nobody", 0, 0), 0.0, 0.0)]


def test_a_strip_runs_from_you_to_the_cut_off():
    assert strip(you=51, cutoff=58, low=40, high=60) == Strip(55.0, 90.0, 55.0, 35.0, is_short=True)
    assert strip(you=51, cutoff=46, low=40, high=60) == Strip(55.0, 30.0, 30.0, 25.0, is_short=False)
    assert strip(you=51, cutoff=None, low=40, high=60) == Strip(55.0, None, 55.0, 0, is_short=False)
    assert strip(you=70, cutoff=30, low=40, high=60) == Strip(100.0, 0.0, 0.0, 100.0, is_short=False)
