--[[ set-clock: a demonstration fair lives its day at another time and speed (invariant 9).

ARGV    {at, rate}: the fair's time in ms from now on, and how fast it runs (0 stands still)
event   clock_set: the clock
refuses not_a_demonstration clock_backwards
]]
--@include fair

return command(function(args)
  if not rules.demonstration then refuse('not_a_demonstration') end
  -- Before the first number the clock may go back from today to the fair's own date.
  if meta.parties and args.at < now then refuse('clock_backwards', { at = args.at, now = now }) end
  local clock = row('clocks', 0)
  clock.real, clock.fair, clock.rate = real_now, args.at, args.rate
  now = args.at
  return 'clock_set', { clocks = { clock } }, { undoable = false }
end)
