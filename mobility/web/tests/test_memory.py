from mobility.web import memory


def test_a_value_is_remembered_for_a_minute(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(memory.time, "monotonic", lambda: now[0])
    assert memory.remembered("sum") is None
    memory.remember("sum", 7)
    now[0] += 59
    assert (memory.remembered("sum"), memory.remembered("other")) == (7, None)
    now[0] += 1
    assert memory.remembered("sum") is None


def test_the_memory_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(memory, "MOST", 2)
    for number in range(3):
        memory.remember(number, number)
    assert [memory.remembered(number) for number in range(3)] == [None, None, 2]
