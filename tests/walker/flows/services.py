"""Other services of the example estate: each is data, and one conversation runs them all."""

from tests.walker.flow import Flow

RENOVATION = Flow(
    name="service_renovation",
    title="A renovation permit",
    prelude=("Lin: /services",),
    begins="[Renovation permit]",
    says={
        "what": ("New kitchen, one wall goes",),
        "days": ("12",),
        "company": ("Ma & Sons, 138 0013 8000",),
        "plans": ("(2 photos)",),
    },
    also={"from": [("2037-04-01",)], "days": [("٣",)], "plans": [("(document)",)]},
    wrong={"from": ("yesterday", "2036-01-01"), "days": ("many", "-3")},
)
HALL = Flow(
    name="service_hall",
    title="Booking the community hall",
    prelude=("Lin: /services",),
    begins="[Book the community hall]",
    says={"people": ("25",)},
)
ITEM_RELEASE = Flow(
    name="service_item_release",
    title="An item release slip",
    prelude=("Lin: /services",),
    begins="[Item release slip]",
    says={"items": ("A sofa",)},
    also={"by": [("Ma, 粤B12345",)], "photo": [("(photo)",)]},
    situations=("happy_path",),
)
PLATE = Flow(
    name="service_parking_plate",
    title="A parking plate",
    prelude=("Lin: /services",),
    begins="[Parking plate]",
    says={"plate": ("粤B12345",), "licence": ("(photo)",)},
    situations=("happy_path",),
)
MOVE_IN = Flow(
    name="service_move_in",
    title="A move-in appointment",
    prelude=("Lin: /services",),
    begins="[Move-in appointment]",
    situations=("happy_path",),
)
SWIMMING = Flow(
    name="service_swimming",
    title="Signing up for a course",
    prelude=("Lin: /services",),
    begins="[Children's swimming course]",
    says={"child": ("Ming, 7",)},
    situations=("happy_path",),
)
CERTIFICATE = Flow(
    name="service_certificate",
    title="A certificate of residence",
    prelude=("Lin: /services",),
    begins="[Certificate of residence]",
    says={"purpose": ("For the school",)},
    situations=("happy_path",),
)

FLOWS = (RENOVATION, HALL, ITEM_RELEASE, PLATE, MOVE_IN, SWIMMING, CERTIFICATE)
