--[[ open-booth: a paused or closed booth takes visitors again.

ARGV    {booth}
event   booth_opened: the booth
refuses unknown_booth booth_unchanged meeting_unchecked
An online booth is opened when its meeting link was checked on this day.
]]
--@include fair
--@include booths
--@include meetings

return command(function(args)
  refuse_unchecked(row('booths', args.booth))
  return turn(args.booth, 'open', 'booth_opened')
end)
