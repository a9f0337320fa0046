--[[ reopen-issuing: tickets for a queue are issued again.

ARGV    {queue}
event   issuing_reopened: the queue
refuses unknown_queue queue_unchanged
]]
--@include fair
--@include issuing

return command(function(args)
  return turn_issuing(args.queue, true, 'issuing_reopened')
end)
