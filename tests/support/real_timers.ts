/** Time as it passes, for tests of what runs real processes. */
export { systemTimers } from "../../cli/system_timers.ts";
