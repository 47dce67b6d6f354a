/* doctor: finds what leaves a repository unguarded, by looking and by a push that must be refused. */
#include "command.h"

static int doctor(const struct call *call)
{
	(void)call;
	return command_refuse(NULL, "doctor is not there yet");
}

const struct command command_doctor = {
	.name = "doctor",
	.operands = "[<url>...]",
	.help = "Find what leaves a repository unguarded, and prove that a forbidden push is refused",
	.run = doctor,
};
