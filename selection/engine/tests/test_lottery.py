from selection.engine import lottery

from .test_allocation import vector

KNOWN = vector("lottery_hmac_sha256.json")
SEED = bytes.fromhex(KNOWN["seed_hex"])


def test_the_bytes_are_those_of_the_known_draw():
    assert lottery.commitment(SEED) == KNOWN["seed_commitment_sha256"]
    assert lottery.list_hash(reversed(KNOWN["applicants"])) == KNOWN["applicant_list_sha256"]
    final = lottery.final_seed(SEED, KNOWN["applicant_list_sha256"], KNOWN["beacon"])
    assert final.hex() == KNOWN["final_seed_hex"]
    assert lottery.number(final, KNOWN["call"], "BSMU-2026-0001") == KNOWN["number"]["BSMU-2026-0001"]


def test_everybody_gets_one_number_whatever_the_order():
    numbers = lottery.draw(SEED, KNOWN["beacon"], KNOWN["call"], reversed(KNOWN["applicants"]))
    assert numbers == KNOWN["number"]
    assert sorted(numbers, key=numbers.__getitem__) == KNOWN["expected_order"]


def test_an_empty_beacon_and_another_list_give_other_numbers():
    with_all = lottery.draw(SEED, "", "2026", ["a", "b"])
    assert with_all["a"] != lottery.draw(SEED, "b", "2026", ["a", "b"])["a"]
    assert with_all["a"] != lottery.draw(SEED, "", "2026", ["a"])["a"]
