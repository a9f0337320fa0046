--[[ stop-issuing: no new tickets for a queue (full, or near closing). Those who wait are still called.

ARGV    {queue}
event   issuing_stopped: the queue
refuses unknown_queue queue_unchanged
]]
--@include fair
--@include issuing

return command(function(args)
  return turn_issuing(args.queue, false, 'issuing_stopped')
end)
