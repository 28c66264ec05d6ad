"""What officers wear, carry and drive at a school."""

from typing import Literal

from mou_builder.model.parts import Line, Open, Part, Several, Some, ask


class Equipment(Part):
    """Uniform, weapons, vehicle and rescue equipment of officers who are assigned to schools."""

    uniform: Open[Literal["full", "soft", "agreement"]] = ask(
        "What an officer wears at a school",
        help="full: the uniform of patrol. soft: a polo shirt or the like that still says police. "
        "agreement: what the liaisons agree on for each school.",
        labels={
            "full": "the full police uniform",
            "soft": "a soft uniform that shows a badge and the name of the police agency",
            "agreement": "the full or the soft police uniform, as the two liaisons agree in writing",
        },
    )
    firearm: Open[Literal["carried", "not-carried"]] = ask(
        "Does an officer carry a firearm at a school?",
        why="Families ask this first, and an agreement that is silent leaves it to each officer.",
        labels={"carried": "carried", "not-carried": "not carried"},
    )
    firearm_storage: Open[Line] = ask(
        "Where a firearm is locked while no officer carries it",
        when={"equipment.firearm": "carried"},
        example="a gun safe in the SRO\u2019s office",
    )
    long_guns: Open[Literal["none", "locked", "vehicle"]] = ask(
        "Rifles and shotguns",
        labels={
            "none": "off School Property",
            "locked": "on School Property only in a locked safe that no one but an Agency officer can open",
            "vehicle": "on School Property only in a locked rack or safe in a police vehicle",
        },
    )
    less_lethal: Open[
        Some[Literal["handcuffs", "baton", "spray", "conducted-energy", "impact-launcher", "leg-restraints"]]
    ] = ask(
        "Other devices of force that an officer may carry at a school",
        help="Only what is listed may be carried; how it may be used stands with the rules on force.",
        labels={
            "handcuffs": "handcuffs",
            "baton": "a baton",
            "spray": "pepper spray",
            "conducted-energy": "a conducted-energy device (a stun gun)",
            "impact-launcher": "a launcher of impact rounds",
            "leg-restraints": "leg restraints",
        },
    )
    vehicle: Literal["marked", "unmarked", "pool"] = ask(
        "Vehicle",
        default="marked",
        rationale="A marked vehicle shows families and visitors that an officer is there.",
        labels={
            "marked": "a marked police vehicle",
            "unmarked": "an unmarked police vehicle",
            "pool": "a police vehicle from its pool when the work calls for one",
        },
    )
    rescue_kit: Several[Line] = ask(
        "Rescue equipment kept at each school",
        default=(),
        rationale="Most agreements leave rescue equipment to the agency.",
        example=["a bleeding-control kit", "a ballistic shield"],
        help="Leave out if none is agreed.",
    )
