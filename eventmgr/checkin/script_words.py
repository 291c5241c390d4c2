"""What the script of the scanner says by itself, where no answer of the server says it."""

from eventmgr.i18n import _


def script_words() -> dict[str, str]:
    """Return the words by the names the script knows; it fills in what stands in braces."""
    return {
        "online": _("Connected. All scans are sent."),
        "sending": _("Sending: %(count)s", count="{count}"),
        "waiting": _("No network since %(time)s. %(count)s waiting to be sent.", **_BRACES),
        "offline": _("No network since %(time)s. Keep scanning: nothing is lost.", **_BRACES),
        "ended": _("This door link has ended. Ask the project office for a new one."),
        "ended_waiting": _(
            "This door link has ended. Ask the project office for a new one: %(count)s waiting "
            "to be sent.",
            **_BRACES,
        ),
        "checking": _("Checking"),
        "noted": _("Noted"),
        "noted_why": _("There is no network, so this ticket is not checked yet."),
        "noted_advice": _("Look at name and date on the ticket. The scan is sent later by itself."),
        "foreign": _("Not one of our tickets"),
        "foreign_advice": _("Scan the code on the ticket or the badge, or look up the name."),
        "refused": _("That did not work"),
        "not_taken": _(
            "The server did not take this scan. Scan the ticket again, or look up the name."
        ),
        "late": _("Sent later: %(result)s", result="{result}"),
        "nobody": _(
            "Nobody here is called “%(words)s”, and no ticket has that code.", words="{words}"
        ),
        "no_search": _("Looking up names needs a network. Type the code from the ticket instead."),
        "let_in": _("Let %(name)s in", name="{name}"),
        "tap": _("Start the camera, type, or use a hardware scanner."),
        "aim": _("Hold the code in the frame"),
        "starting": _("The camera is starting …"),
        "denied": _(
            "The camera is not allowed. Allow it in the settings of the browser, take a photo "
            "of the code, or type."
        ),
        "no_camera": _("No camera works here. Take a photo of the code, or type."),
        "no_code": _("There is no code to be seen in this photo. Go nearer and hold still."),
        "stop": _("Stop the camera"),
        "start": _("Start the camera"),
    }


_BRACES = {"time": "{time}", "count": "{count}"}
