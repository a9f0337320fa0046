--[[ close-booth: the booth is done for the day.

ARGV    {booth}
event   booth_closed: the booth
refuses unknown_booth booth_busy booth_unchanged
]]
--@include fair
--@include booths

return command(function(args)
  return turn(args.booth, 'closed', 'booth_closed')
end)
