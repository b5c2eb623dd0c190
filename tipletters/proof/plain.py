"""The words in which every letter is told. A stretch of nothing but these is nobody's own, so it gives nothing away.

"You told me that you have been" stands in letters of all kinds. Left out on purpose: he, she, they and whatever else
could say something of a person.
"""

PLAIN = frozenset(
    """
    a about after again all also am an and any are as ask asked asking at be because been before being best but
    by call called can could day days did do does doing don't each every feel feeling felt few find first for
    from get give go going good got had has have having help helps hope how i i'd i'll i'm i've if in into is it
    it's its just kind know last let letter like likes little look make many may me meet meeting met might month
    months more most much my need next no not now of on once one or other our out over please really right said
    same say see should since so some soon still talk talked talking tell telling than thank thanks that that's
    the then there there's these things think this those thought time times to today told too took two up us use
    very want wanted wants was way we we'll well were what when where which while who why will wish with work
    would write week weeks wrote year years yes yet you you'd you'll you're you've your yours yourself monday
    tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december morning mornings evening evenings night nights afternoon daily weekly twice hour
    hours until mr mrs ms miss dr gp nhs pm mg ml g mcg tablet tablets food water meal meals breakfast lunch
    dinner bedtime bed needed take taken taking
    """.replace("'", "").split()
)
