--[[ end-notice: screens show a notice no more.

ARGV    {notice}
event   notice_ended: the notice
refuses unknown_notice notice_over
]]
--@include fair

return command(function(args)
  local notice = row('notices', args.notice)
  if notice['until'] and now >= notice['until'] then refuse('notice_over', { notice = notice.id }) end
  notice['until'] = now
  return 'notice_ended', { notices = { notice } }
end)
