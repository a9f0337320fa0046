--[[ assign-booth: a spare (予備) serves a queue from now on, or none.

ARGV    {booth, queue?}: without a queue the spare is free again (and shows the video)
event   booth_assigned: the booth
refuses unknown_booth unknown_queue not_a_spare booth_busy booth_unchanged
A spare is open at once; an online one is paused until its meeting link was checked on this day.
]]
--@include fair
--@include meetings

return command(function(args)
  local booth = row('booths', args.booth)
  if rules.booths[tostring(booth.id)].role ~= 'spare' then refuse('not_a_spare', { booth = booth.id }) end
  if args.queue then row('queues', args.queue) end
  if booth.ticket then refuse('booth_busy', { booth = booth.id, number = row('tickets', booth.ticket).number }) end
  if booth.queue == args.queue then refuse('booth_unchanged', { booth = booth.id, queue = args.queue }) end
  booth.queue, booth.state, booth.since = args.queue, can_be_met(booth) and 'open' or 'paused', now
  return 'booth_assigned', { booths = { booth } }
end)
