"""Words for people, and by which pronouns they could be meant."""

from tipletters.checks.who.whom import FEMALE, MALE

BOTH = FEMALE + MALE
_WOMEN = "mother mum mam mummy sister daughter wife girlfriend aunt auntie gran grandmother granny nan niece fiancée godmother policewoman goddaughter headmistress granddaughter stepmother stepmum stepdaughter stepsister grandma nana nanny woman girl"
_MEN = "father dad daddy brother son husband boyfriend uncle grandad grandfather nephew fiancé godfather policeman postman godson headmaster workman tradesman salesman grandson stepfather stepdad stepson stepbrother grandpa man boy"
_EITHER = (
    "ot cpn hca sho paediatrician oncologist cardiologist neurologist dermatologist gynaecologist haematologist obstetrician anaesthetist "
    "clinician caseworker childminder lecturer professor coordinator facilitator matron nutritionist chemist orthodontist partner friend child baby doctor nurse midwife worker consultant surgeon psychiatrist psychologist therapist counsellor teacher manager boss "
    "cellmate roommate classmate workmate bystander passer-by keyholder godparent bailiff porter usher typist guard apprentice classmate person lodger co-accused colleague neighbour carer gp dr solicitor officer landlord keyworker supervisor advocate cousin toddler dog cat specialist dentist "
    "pharmacist optician trainer coach housemate flatmate twin sibling judge sheriff reporter physiotherapist dietitian registrar surveyor plumber roofer builder engineer electrician assessor interviewer "
    "inspector volunteer buddy mentor tutor headteacher assistant driver clerk warden caretaker contractor handyman adviser advisor investigator "
    "lawyer barrister magistrate chaplain priest minister imam rabbi vicar chiropodist podiatrist audiologist radiographer phlebotomist paramedic "
    "receptionist secretary interpreter translator befriender hairdresser employer guardian grandparent parent practitioner ex somebody someone"
)
WORKERS = frozenset(_EITHER.split()) - frozenset(
    "cellmate roommate classmate workmate person lodger co-accused partner friend child baby boss colleague neighbour carer landlord cousin toddler dog cat housemate flatmate twin sibling guardian grandparent parent ex somebody someone".split()
)
PEOPLE = (
    dict.fromkeys(_WOMEN.split(), FEMALE) | dict.fromkeys(_MEN.split(), MALE) | dict.fromkeys(_EITHER.split(), BOTH)
)
