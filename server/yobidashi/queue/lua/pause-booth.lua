--[[ pause-booth: 休止. The queue stays as it is; the booth calls nobody until it is opened.

ARGV    {booth}
event   booth_paused: the booth
refuses unknown_booth booth_busy booth_unchanged
]]
--@include fair
--@include booths

return command(function(args)
  return turn(args.booth, 'paused', 'booth_paused')
end)
