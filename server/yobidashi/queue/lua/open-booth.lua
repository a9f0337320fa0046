--[[ open-booth: a paused or closed booth takes visitors again.

ARGV    {booth}
event   booth_opened: the booth
refuses unknown_booth booth_unchanged
]]
--@include fair
--@include booths

return command(function(args)
  return turn(args.booth, 'open', 'booth_opened')
end)
