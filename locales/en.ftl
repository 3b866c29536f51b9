### English. One file per language for all surfaces; ids begin with the part that needs them:
### common-, chat- (every chat window), widget-, customer-, agent-, problem-<code>; what the server itself writes also
### takes time- and transcript-.

## Everywhere

common-product = Deskbell
common-today = Today
common-yesterday = Yesterday
common-close = Close
common-cancel = Cancel
common-dismiss = Put away
common-live = Live
common-connecting = Connecting
common-catching-up = Catching up
common-offline = Offline: your replies will be sent
common-ended = Not connected
common-over-target = longer than the reply target

## Every chat window

chat-you = You
chat-typing = { $count ->
    [one] { $name } is typing
    [2] { $name } and { $other } are typing
   *[other] Several people are typing
}
chat-agents-only = Agents only
chat-note-by = { $name }, agents only
chat-note-prompt = Note for agents only
chat-add-note = Add note
chat-send = Send
chat-enter-sends = Enter sends
chat-who-reads = Who will read this?
chat-left = { $count ->
    [one] 1 character left
   *[other] { $count } characters left
}
chat-too-long = { $count ->
    [one] 1 character too many
   *[other] { $count } characters too many
}
chat-sending = Sending
chat-not-sent = Not sent.
chat-try-again = Try again
chat-copy-text = Copy text
chat-show-older = Show earlier messages
chat-to-newest = To the newest message
chat-new-below = { $count ->
    [one] 1 new message
   *[other] { $count } new messages
}
chat-announce-many = { $named ->
    [yes] { $count } new messages from { $name }
   *[no] { $count } new messages
}
chat-file-attach = Attach files
chat-file-drop = Drop files here to send them
chat-file-sending = Sending { $name }
chat-file-again = Try again: { $name }
chat-file-remove = Remove
chat-file-remove-it = Remove: { $name }
chat-file-open = Look at { $name }
chat-file-save = Save { $name } ({ $size })
chat-file-save-short = Save
chat-file-line = { $name } ({ $size })
chat-file-bytes = { $n } bytes
chat-file-kb = { $n } KB
chat-file-mb = { $n } MB
chat-entry-requested = { $you ->
    [yes] You asked for a chat
   *[no] { $name } asked for a chat
}
chat-entry-accepted = { $you ->
    [yes] You accepted the chat
   *[no] { $name } accepted the chat
}
chat-entry-joined = { $you ->
    [yes] You joined
   *[no] { $name } joined
}
chat-entry-left = { $you ->
    [yes] You left
   *[no] { $name } left
}
chat-entry-returned = Thank you for waiting. Somebody else will take over.
chat-entry-redacted = Message removed
chat-entry-returned-agent = { $reason ->
    [lease_ended] The agent was gone too long: the chat went back to the channel
    [right_lost] The agent may no longer answer here: the chat went back to the channel
   *[handed_back] { $you ->
        [yes] You handed the chat back to the channel
       *[no] { $name } handed the chat back to the channel
    }
}
chat-entry-moved = The chat goes on in { $channel }
chat-entry-mailing = { $you ->
    [yes] You asked for this conversation by e-mail
   *[no] This conversation is sent to you by e-mail
}
chat-entry-mailed = { $outcome ->
    [asked] An e-mail asks whether the conversation is wanted: open the link in it
    [sent] The e-mail was sent
    [perhaps] Perhaps the e-mail was sent: the mail server did not say so
   *[failed] The e-mail could not be sent
}
chat-entry-closed = { $reason ->
    [withdrawn] { $you ->
        [yes] You withdrew the request
       *[no] { $name } withdrew the request
    }
    [declined] { $you ->
        [yes] You declined
       *[no] { $name } declined
    }
    [expired] The chat was closed: nothing happened for a long time
    [expired_system] The chat was closed: nothing happened for a long time
    [switched_off] The chat was closed: chat was switched off
    [switched_off_system] The chat was closed: chat was switched off
   *[by_agent] { $you ->
        [yes] You closed the chat
       *[no] { $name } closed the chat
    }
}

## The visitor's panel and public chat page

widget-title = Chat
widget-message = Your message
widget-message-hint = How can we help?
widget-message-missing = Write a message first.
widget-name = Your name
widget-name-missing = Please tell us your name.
widget-channel = Who should answer?
widget-somebody-there = Somebody is there
widget-nobody-there = Nobody is there
widget-start = Start chat
widget-starting = Starting
widget-looking = We are looking who is there.
widget-opens = We are back { $at }.
widget-nobody = Nobody is free right now. We keep looking and say so here as soon as somebody is back.
widget-nobody-in-channel = Nobody is there for this right now. Choose another one, or wait here: we keep looking.
widget-nobody-why = Nobody is free right now
widget-text-stays = Your text stays here.
widget-not-offered = There is no chat here at the moment.
widget-unreachable = We cannot be reached right now. What you type stays here; we keep trying.
widget-start-unknown = We cannot be reached right now. Your text stays here. Try again: it will be sent once.
widget-loading = Fetching your conversation
widget-gone = This conversation cannot be shown any more.
widget-log = Conversation
widget-seen = Seen
widget-write = Write a message
widget-about-agent = { $channel }, speaks { $language }
widget-about-waiting = Waiting for an answer
widget-about-closed = This conversation has ended
widget-agent-online = is there
widget-agent-offline = is not there right now
widget-waiting = Thank you. Please wait a moment, somebody will be with you shortly.
widget-waiting-on = We keep your place and go on looking for somebody.
widget-place = { $place ->
    [1] You are next.
   *[other] You are number { $place } in the line.
}
widget-estimate = { $to ->
    [1] Usually less than a minute.
   *[other] Usually { $from } to { $to } minutes.
}
widget-no-answer = Nobody could answer yet, and we are sorry for that. If you go on waiting, you keep your place.
widget-keep-waiting = Keep waiting
widget-agent-lost = The other side has lost the connection. Please stay: if it does not come back soon, somebody else takes over.
widget-closed = { $reason ->
    [by_external] You have ended this conversation.
    [withdrawn] You ended this conversation before somebody answered.
    [declined] The request was declined.
    [expired] This conversation has ended, because nothing happened for a long time.
    [switched_off] This conversation has ended: chat is switched off at the moment.
   *[by_agent] This conversation was ended by our side.
}
widget-text-goes-on = What you typed goes into the new one.
widget-new = New conversation
widget-end = End conversation
widget-end-short = End
widget-end-sure = End this conversation?
widget-end-hint = You can start a new one at any time.
widget-not-done = We cannot be reached right now. Try again in a moment.
widget-hide = Hide chat
widget-leave = Leave message
widget-leave-hint = Your message becomes a ticket: you get its number at once.
widget-leave-email = Your e-mail address (if you like)
widget-leave-email-hint = So that we can answer you.
widget-leave-instead = Leave it as a message
widget-left = { $number ->
    [none] Thank you. Your message is here, and on its way to our ticket system.
   *[other] Thank you. Your message is here; it has the ticket number { $number }. Please note it down.
}
widget-left-email = We answer to { $email }.
widget-pdf = Download PDF
widget-pdf-coming = Preparing the PDF
widget-mail = Send it to me by e-mail
widget-mail-address = Your e-mail address
widget-mail-hint = An e-mail there asks whether it is wanted. Open the link in it.
widget-mail-send = Send

## The customer portal

customer-title = Help desk
customer-sign-in-text = Sign in to chat with us and to read what was said.
customer-login = Login
customer-password = Password
customer-sign-in = Sign in
customer-account-of = Account of { $name }
customer-account = My account
customer-forgotten = Forgot your password?
customer-code = Code
customer-code-text = Your account has a second factor.
customer-code-hint = The six digits that your device shows now, or a recovery code.
customer-code-back = Back
customer-password-chosen = Your password is set. Sign in with it.
customer-sign-out = Sign out
customer-was-signed-out = You were signed out. Sign in again to go on.
customer-unreachable = We cannot be reached right now. This page tries again by itself.
customer-hello = Hello, { $name }
customer-home-text = We are there for you. Open the chat to begin a conversation.
customer-home-nobody = Nobody is free right now. The chat says so when that changes.
customer-running = Running conversations
customer-past = Past conversations
customer-no-past = There are none yet.
customer-search = Search in past conversations
customer-not-found = Nothing was found. Try other words.
customer-more = Show more
customer-fetching = Fetching your conversations
customer-waiting = Waiting
customer-unread = { $count ->
    [one] 1 unread message
   *[other] { $count } unread messages
}
customer-open-chat = Chat with us
customer-close-chat = Close chat
customer-chat = Chat
customer-all = Conversations
customer-conversation = Conversation
customer-back = All conversations
customer-go-on = Go on with this conversation
customer-asks = { $name } would like to chat with you
customer-asks-somebody = Our help desk would like to chat with you
customer-asked = { $count ->
    [one] 1 request for a chat
   *[other] { $count } requests for a chat
}
customer-accept = Accept
customer-accept-whom = Accept the chat with { $name }
customer-decline = Decline
customer-decline-whom = Decline the chat with { $name }
customer-tell-me = Your browser can tell you when somebody from our side answers or asks for a chat, even while you look at something else.
customer-allow-notifications = Allow notifications

## Tickets in the portal

customer-places = Places
customer-tickets = My tickets
customer-tickets-whose = Whose tickets
customer-tickets-of = { $whose ->
    [company] My company’s
   *[mine] Mine
}
customer-tickets-none = { $whose ->
    [company] Your company has no tickets that you can read.
   *[mine] You have no tickets yet. Write one when your question can wait, or when nobody is free.
}
customer-tickets-fetching = Fetching the tickets
customer-ticket = Ticket
customer-ticket-new = New ticket
customer-ticket-new-text = { $desk ->
    [there] Tell us what it is about.
   *[here] Tell us what it is about. You get a number at once, and our answer stands in the ticket.
}
customer-ticket-title = Title
customer-ticket-title-missing = Give it a title first: a few words are enough.
customer-ticket-text = What is it about?
customer-ticket-make = Create ticket
customer-ticket-number = Number
customer-ticket-articles = What was written
customer-ticket-earlier = Earlier articles
customer-ticket-fetching = Fetching the ticket
customer-ticket-state = { $state ->
    [new] New
    [pending_reminder] Waiting
    [pending_auto_close_successful] Waiting
    [pending_auto_close_unsuccessful] Waiting
    [closed_successful] Done
    [closed_unsuccessful] Closed
    [removed] Removed
    [merged] Joined with another
   *[open] In progress
}
customer-ticket-chat = Conversation
customer-ticket-chat-empty = Nothing was said in it.
customer-ticket-to-conversation = Open the conversation
customer-ticket-write = Write to this ticket
customer-ticket-written = Your text is in the ticket.
customer-ticket-no-writing = This ticket takes no more texts. Create a new one if there is something else.
customer-ticket-show = Show the ticket
customer-ticket-made = { $number ->
    [none] Your text is kept, and on its way to our ticket system.
   *[other] The ticket is there, with the number { $number }.
}
customer-ticket-of-chat = Create a ticket
customer-ticket-of-chat-hint = Say what should be done. The conversation goes into the ticket as well.
customer-about-ticket = About ticket { $number }
customer-about-else = Something else instead
customer-ticket-chat-about = Chat about this ticket
customer-ticket-add-chat = Add it to ticket { $number }
customer-ticket-has-chat = The conversation is in ticket { $number }.
customer-ticket-closed = Ticket { $number } is closed and takes nothing more. Create a new one of this conversation instead.
attached-files = Attached files
attached-chosen = Files to attach
attached-remove = Take { $name } off
attached-failed = Not all files are attached. Your text is there.
attached-without = Go on without these files

## The agent interface

agent-organizer = Organizer
agent-home = Home
agent-chats = Chats
agent-admin = Admin
agent-admin-not-yours = This is for those who administer. An administrator can give you the key rw on the group admin.
agent-archive = Archive
agent-skip = To the content
agent-fetching = Fetching …
agent-save = Save

agent-people-waiting = { $count ->
    [one] 1 person waiting
   *[other] { $count } people waiting
}
agent-waiting-longest = { $count ->
    [one] 1 person waiting, { $time }
   *[other] { $count } people waiting, longest { $time }
}
agent-my-chats = My chats
agent-no-chats = No running chats. When you accept somebody, the chat appears here.
agent-nobody-yet = Nobody yet
agent-waits-again = waits again
agent-unread = unread

agent-receives = { $what ->
    [channels] { $who ->
        [customers] You will receive: requests of customers in { $channels }, and chats with colleagues.
        [visitors] You will receive: requests of visitors in { $channels }, and chats with colleagues.
       *[both] You will receive: requests of customers and visitors in { $channels }, and chats with colleagues.
    }
    [channels_only] { $who ->
        [customers] You will receive: requests of customers in { $channels }.
        [visitors] You will receive: requests of visitors in { $channels }.
       *[both] You will receive: requests of customers and visitors in { $channels }.
    }
    [closed] You will receive: chats with colleagues only. Customers and visitors cannot start chats in your channels.
    [closed_nothing] You will receive: nothing. Chats with you cannot be started as the system is configured.
    [no_channels] You will receive: chats with colleagues only. No chat channel is selected.
    [no_channels_nothing] You will receive: nothing. No chat channel is selected.
    [internal] You will receive: chats with colleagues only.
    [internal_nothing] You will receive: nothing. Chats among agents are switched off.
    [chat_off] You will receive: nothing. Chat is switched off in the system configuration.
   *[unavailable] You will receive: nothing. Your running chats go on.
}
agent-choose-channels = Select channels
agent-take-chats = Make me available

agent-availability-label = Chat availability
agent-availability = { $is ->
    [internal_and_external] Taking chats
    [internal] Colleagues only
   *[unavailable] Not taking chats
}
agent-availability-hint = { $is ->
    [internal_and_external] From customers, visitors and colleagues
    [internal] Internal chats
   *[unavailable] Running chats go on
}
agent-lowered = You take chats of colleagues only: signing in lowered your availability. You can raise it again at the top of the page.
agent-personalization = Personalization: { $name }
agent-chat-availability = Chat availability
agent-notification-settings = Notification settings
agent-my-channels = My Chat Channels
agent-my-channels-why = Requests in these channels are announced and counted, and you can accept them.
agent-no-channels-offered = There is no channel that you may accept requests in. Ask your administrator for the right.
agent-notices = Notifications and sound
agent-notifications = { $is ->
    [granted] Your browser tells you when somebody waits or writes while you look at something else.
    [denied] Your browser blocks notifications of this page. Its settings for this address can change that.
    [missing] Your browser shows no notifications here. Title, icon and sound still tell.
   *[default] Your browser can tell you when somebody waits or writes, even while you look at something else.
}
agent-not-told = { $is ->
    [denied] Your browser blocks notifications, so it does not tell you while you look at something else.
   *[default] Your browser does not tell you yet while you look at something else.
}
agent-sound = Ring when somebody waits or writes
agent-sound-hint = One tab rings for all, once you have clicked or typed in it: browsers want it so.
agent-try-notices = Try it out
agent-tried-notice = { $is ->
    [shown] A notification was sent. If none appeared, look at the notification settings of your system and its “do not disturb”.
    [default] No notification: your browser was not asked yet.
    [denied] No notification: your browser blocks them.
    [missing] No notification: your browser shows none here.
   *[failed] Your browser did not show the notification.
}
agent-tried-sound = { $is ->
    [rang] The bell rang. If you heard nothing, look at the volume and whether this tab is muted.
    [off] The bell is switched off.
   *[failed] Your browser did not let the bell ring: its settings for this address may forbid sound.
}
agent-allow-notifications = Allow notifications
agent-language = Language
agent-theme = Appearance
agent-theme-name = { $is ->
    [light] Light
    [dark] Dark
   *[system] As the system
}
agent-account = My account
agent-doors = Signing in …
agent-forgotten = Forgot your password?
agent-code = Code
agent-code-text = Your account has a second factor.
agent-code-hint = The six digits that your device shows now, or a recovery code.
agent-code-back = Back
agent-password-chosen = Your password is set. Sign in with it.
agent-sign-out = Sign out
agent-sign-out-title = Sign out?
agent-sign-out-text = { $count ->
    [one] You have 1 running chat. It goes back to its channel, and somebody else can accept it.
   *[other] You have { $count } running chats. They go back to their channels, and somebody else can accept them.
}

agent-people = People
agent-people-tab = { $is ->
    [customers] Customers
    [out_of_office] Out of office
   *[agents] Agents
}
agent-people-search = Search by name, company or login
agent-people-none = { $tab ->
    [customers] No customer is logged in now.
    [out_of_office] Nobody is out of office today.
   *[agents] No agent is logged in now.
}
agent-people-not-found = Nobody here matches “{ $q }”.
agent-people-size = Rows per page
agent-people-page = Page { $page }
agent-people-previous = Previous page
agent-people-next = Next page
agent-presence = { $is ->
    [active] Active
    [away] Away
    [unavailable] Unavailable
   *[offline] Offline
}
agent-out-until = Out of office until { $day }

agent-out-of-office = Out of office
agent-out-why = On these days your colleagues see that you are out of office. What reaches you is set by your chat availability.
agent-out-zone = Time zone
agent-out-range = Days { $n }
agent-out-from = First day
agent-out-to = Last day
agent-out-none = No days are set.
agent-out-add = Add days
agent-out-remove = Remove days { $n }
agent-out-missing = Choose the first and the last day of each line.
agent-out-order = A last day comes before its first day.
agent-out-full = More than { $count } lines cannot be kept.

agent-supervisor = Channels you own
agent-supervisor-waiting = { $count ->
    [0] Nobody waits
    [one] 1 waits
   *[other] { $count } wait
}
agent-supervisor-available = { $count ->
    [0] No agent available
    [one] 1 agent available
   *[other] { $count } agents available
}
agent-supervisor-running = { $count ->
    [0] No running chats
    [one] 1 running chat
   *[other] { $count } running chats
}
agent-day-chats = { $count ->
    [one] chat in 24 hours
   *[other] chats in 24 hours
}
agent-day-wait = accepted after { $time } on average
agent-day-hours = Accepted chats by the hour, over 24 hours: { $list }
agent-supervisor-chat = { $name } with { $agents }
agent-supervisor-more = and { $count } more

agent-request-list = Waiting for a reply
agent-waiting-requests = Waiting requests
agent-filter = Which requests
agent-filter-mine = My channels
agent-filter-all = All channels
agent-newer = { $count ->
    [one] new: show it
   *[other] new: show them
}
agent-nobody-waits = Nobody is waiting.
agent-nobody-waits-mine = Nobody is waiting in your channels. Others wait under “All channels”.
agent-filter-hidden = Hidden
agent-nothing-hidden = You have hidden nothing.
agent-type = { $is ->
    [personal] For you
   *[invitation] Invitation
}
agent-invited-to = to the chat with { $name }
agent-invited-to-chat = to a chat
agent-invites-you = { $name } invites you to the chat with { $whom }
agent-among-agents = Among agents
agent-seen = Read
agent-column-type = Type
agent-column-requester = Requester
agent-column-channel = Channel
agent-column-waiting = Waiting
agent-column-message = First message
agent-column-action = Action
agent-column-with = With
agent-column-last = Last message
agent-column-ended = Last change
agent-kind = { $is ->
    [public_user] Visitor
    [customer_user] Customer
   *[agent] Agent
}
agent-role = { $is ->
    [owner] Owner
    [participant] Participant
    [observer] Observer
   *[external] Customer
}
agent-preview = Preview the request of { $name }
agent-decline = Decline
agent-decline-whom = { $is ->
    [invitation] Decline the invitation of { $name }
   *[personal] Decline the request of { $name }
}
agent-hide-whom = Hide the request of { $name } for me
agent-show-again = Show again
agent-show-again-whom = Show the request of { $name } again
agent-join = Join
agent-join-whom = Join the chat: invitation of { $name }
agent-join-as = { $role ->
    [observer] Join as observer
   *[participant] Join as participant
}
agent-join-as-hint = { $role ->
    [observer] Read and write notes; customers do not see you
   *[participant] Read and write
}
agent-move = Move
agent-move-to = Move to another channel
agent-channel-nobody = { $channel } (nobody is there)
agent-moved = { $name } waits in { $channel } now.
agent-moved-running = The chat with { $name } goes on in { $channel }.
agent-nobody-there = Nobody is there in any other channel right now.
agent-no-other-channel = There is no other channel that you may move it to.
agent-accept = Accept
agent-accept-whom = Accept { $name }
agent-accepted-instead = { $by } took this chat a moment earlier. { $count ->
    [0] Nobody else is waiting.
    [one] 1 other is waiting.
   *[other] { $count } others are waiting.
}
agent-add-channel-short = Add to mine
agent-add-channel = Add { $channel } to My Chat Channels
agent-channel-added = { $channel } is one of your chat channels now.
agent-request-gone = No longer waiting
agent-so-far = What was said so far
agent-unavailable-reminder = You are unavailable: no chats reach you.
agent-not-taking = You are not taking chats, so you cannot accept anybody.

agent-entry-invited = { $role ->
    [observer] { $you ->
        [yes] You invited { $whom } as observer
       *[no] { $name } invited { $whom } as observer
    }
   *[participant] { $you ->
        [yes] You invited { $whom } as participant
       *[no] { $name } invited { $whom } as participant
    }
}
agent-entry-with-note = { $what }: “{ $note }”
agent-entry-invitation-declined = { $you ->
    [yes] You declined the invitation
   *[no] { $name } declined the invitation
}
agent-entry-joined = { $role ->
    [observer] { $you ->
        [yes] You joined as observer
       *[no] { $name } joined as observer
    }
   *[participant] { $you ->
        [yes] You joined
       *[no] { $name } joined
    }
}
agent-entry-left = { $role ->
    [observer] { $you ->
        [yes] You stopped observing
       *[no] { $name } stopped observing
    }
   *[participant] { $you ->
        [yes] You left
       *[no] { $name } left
    }
}
agent-entry-role-changed = { $role ->
    [observer] { $you ->
        [yes] You switched to observer
       *[no] { $name } switched to observer
    }
    [owner] { $you ->
        [yes] You are the owner now
       *[no] { $name } is the owner now
    }
   *[participant] { $you ->
        [yes] You switched to participant
       *[no] { $name } switched to participant
    }
}
agent-entry-moved = { $you ->
    [yes] You moved the chat to { $channel }
   *[no] { $name } moved the chat to { $channel }
}
agent-entry-attached = { $you ->
    [yes] You put this chat into ticket { $number }
   *[no] { $name } put this chat into ticket { $number }
}
agent-entry-mailing = { $self ->
    [yes] { $you ->
        [yes] You asked for this conversation by e-mail
       *[no] { $name } asked for this conversation by e-mail
    }
   *[no] { $you ->
        [yes] You send this conversation to { $whom } by e-mail
       *[no] { $name } sends this conversation to { $whom } by e-mail
    }
}
agent-entry-missed = Not seen yet: it goes to { $whom } by e-mail
agent-entry-not-mailed = No e-mail was sent: it was seen meanwhile
agent-entry-redacted = A text of { $name } was removed by { $by }, { $at }
agent-entry-redaction = { $by } removed a text
agent-entry-not-answered = Nobody answered in time: the request has expired

agent-chat-with = Chat with { $name }
agent-history = Messages with { $name }
agent-channel-with = { $count ->
    [one] { $channel }, with { $name }
   *[other] { $channel }, with { $name } and others
}
agent-everyone = { $name } and agents
agent-message-to = Message to { $name }
agent-here = connected
agent-not-here = not connected
agent-has-left = has left
agent-participants = Participants
agent-created = Created
agent-minimise = Minimise
agent-put-away = Put away
agent-chat-menu = More for this chat
agent-invite = Invite
agent-change-channel = Change channel
agent-to-observer = Switch to observer
agent-to-participant = Switch to participant
agent-own-window = Open in its own window
agent-own-window-over = There is nothing more here. You can close this window.
agent-to-desk = To the desk
agent-why-observer = Not while you observe
agent-why-waits = Nobody has accepted this chat yet.
agent-why-last = { $among ->
    [yes] You are the last one here: close the chat instead
   *[no] You are the last agent here: invite or hand back first
}
agent-why-right = You do not have the right to do this in this channel.
agent-notify = Notifications of this chat
agent-notify-about = { $is ->
    [off] Off
    [customer] Customer only
   *[all] All messages
}
agent-asked = asked
agent-asked-as = { $role ->
    [observer] Asked to come as observer
    [participant] Asked to come as participant
   *[other] Asked
}
agent-customer = Customer
agent-company = Company
agent-channel-now = Channel now
agent-waiting-for = Waiting for { $name }
agent-waiting-for-text = { $name } can accept or decline. You can go on writing.
agent-withdraw = Withdraw
agent-withdraw-title = Withdraw the request?
agent-withdraw-text = { $name } is not asked any more. What you wrote goes to the archive.
agent-gone = away for long
agent-conversations = Conversations
agent-conversations-unread = { $count ->
    [one] 1 unread message
   *[other] { $count } unread messages
}

agent-signed-in-as = Signed in on the page as
agent-email = E-mail
agent-customer-no-chats = No chats that you can read.
agent-chat-state = { $is ->
    [waits] waiting
    [requested] asked
    [closed] closed
   *[open] running
}
agent-request-chat = Request chat
agent-request-why-not = { $why ->
    [switched_off] Chats from agents to customers are switched off.
    [offline] Not logged in now. A chat can be requested once the customer is back.
    [not_allowed] You do not have the right to start chats. Your administrator can give it to you.
   *[other] Not available right now. Try again later.
}
agent-about-ticket = About ticket { $number }
agent-request-chat-with = Request a chat with { $name }
agent-request-message = First message
agent-request-message-missing = Write a message first.
agent-request-create = Create
agent-request-hint = { $kind ->
    [customer_user] The request appears in the customer portal. You can withdraw it until it is accepted.
   *[agent] The request appears in your colleague’s request list. You can withdraw it until it is accepted.
}
agent-request-runs = There is a chat with { $name } already; its window is open. Your text stays here.
agent-request-channel-usual = The usual one

agent-invite-title = Invite a colleague
agent-invite-search = Find a name
agent-invite-reload = Load the list again
agent-invite-people = Available agents
agent-invite-nobody = Nobody is available for this chat right now. Load the list again in a moment.
agent-invite-no-match = Nobody here has such a name. Try fewer letters.
agent-invite-as = Comes as
agent-invite-highest = { $role ->
    [observer] Observer only
   *[participant] Participant or observer
}
agent-invite-observer-only = { $name } may only observe in this channel.
agent-invite-note = Note for your colleague (optional)
agent-invite-who = Choose somebody first.
agent-invited = { $name } was invited.

agent-hand-back = Hand back to the channel
agent-leave = Leave the chat
agent-close-chat = Close the chat
agent-close-title = Close the chat with { $name }?
agent-close-text = It becomes read-only for everybody and goes to the archive. It cannot be opened again.
agent-leave-title = Leave the chat with { $name }?
agent-leave-text = The others go on without you.
agent-hand-back-title = Hand the chat with { $name } back?
agent-hand-back-text = It waits in { $channel } again until somebody accepts it.
agent-hand-back-go = Hand back
agent-handed-back = { $name } waits in { $channel } again.
agent-chat-gone = This chat is no longer yours to see.
agent-closed = { $reason ->
    [by_external] Ended by the other side, { $at }.
    [withdrawn] The request was withdrawn, { $at }.
    [declined] The request was declined, { $at }.
    [expired] Closed because nothing happened for a long time, { $at }.
    [switched_off] Closed because chat was switched off, { $at }.
   *[by_agent] Closed by an agent, { $at }.
}
agent-closed-short = closed
agent-waits-in-channel = Waits in { $channel } for somebody to accept.
agent-read-only = You can read this chat, but not write in it.

agent-archived-chat = Archived chat
agent-archive-empty = No closed chats yet. When a chat is closed, it can be read here.
agent-archive-search = Search for words, names or a ticket number
agent-archive-channel = Channel
agent-archive-all-channels = All channels
agent-archive-day = { $end ->
    [from] Ended from
   *[to] Ended until
}
agent-archive-not-found = Nothing was found. Try other words, or ask for less.
agent-redact = Remove this text
agent-redact-title = Remove this text for everybody?
agent-redact-text = It goes from the conversation, from the search and from every screen, and does not come back. That something stood here, and that you removed it, stays.
agent-redact-do = Remove text
agent-show-more = Show more

agent-tickets = Tickets
agent-ticket = Ticket
agent-phone-ticket = Phone ticket
agent-phone-ticket-of-chat = Create phone ticket
agent-new-ticket = New ticket
agent-append = Append to ticket
agent-append-title = Append to which ticket?
agent-append-search = Number, title or customer
agent-append-which = Choose a ticket first.
agent-append-type = Type a number, a part of the title, or the customer's login or e-mail address.
agent-append-none = No open ticket fits. Search for something else, or make a new one.
agent-append-hint = { $chat ->
    [closes] What the customer may read and what is for agents only go into two articles. Then the chat closes.
   *[stays] What the customer may read and what is for agents only go into two articles.
}
agent-append-other = This is a ticket of { $customer }, who can then read what { $name } said.
agent-append-anyway = Append all the same
agent-appended = The chat is in ticket { $number } now.
agent-only-part = Only a part of it
agent-part-count = { $count ->
    [one] One message goes into the ticket.
   *[other] { $count } messages go into the ticket.
}
agent-part-none = Choose none
agent-part-all = Choose all
agent-part-missing = Choose at least one message, or take the whole chat.
agent-keep-open = Keep the chat open
agent-download = Download
agent-download-title = Download the chat
agent-download-as = As
agent-download-form = { $is ->
    [pdf] PDF
    [html] HTML
    [text] Text
   *[json] JSON
}
agent-download-form-hint = { $is ->
    [pdf] Pages to print and to file
    [html] A page for the browser
    [text] Words only, for any program
   *[json] For programs that go on working with it
}
agent-download-hint = The whole chat up to now. It can hold what customers and visitors do not see.
agent-mail = Send by e-mail
agent-mail-title = Send the chat by e-mail
agent-mail-to = To
agent-mail-external = Without what is for agents only
agent-mail-agent = With what is for agents only
agent-mail-hint = The whole chat up to now, with a PDF. What becomes of it stands in the chat.
agent-mail-send = Send
agent-mail-coming = The e-mail is on its way
agent-why-no-mail = No mail server is set
agent-note-email = Send as an e-mail to
agent-note-email-files = An e-mail takes no files along.
agent-article-mail = { $outcome ->
    [waiting] E-mail on its way to
    [sent] E-mail sent to
    [perhaps] E-mail perhaps sent to
   *[failed] E-mail not sent to
}
agent-tickets-search = Search in tickets
agent-tickets-none = No tickets here.
agent-queue = Queue
agent-all-queues = All queues
agent-state = State
agent-state-open = Not closed
agent-state-all = All
agent-owner = Owner
agent-owner-anybody = Everybody
agent-owner-me = Mine
agent-owner-nobody = Nobody
agent-responsible = Responsible
agent-contributed = Contributed
agent-ticket-type = Type
agent-ticket-type-is = { $is ->
    [incident] Incident
    [problem] Problem
    [request] Request
   *[unclassified] Unclassified
}
agent-priority = Priority
agent-priority-is = { $is ->
    [1] very low
    [2] low
    [4] high
    [5] very high
   *[other] normal
}
agent-ticket-state = { $is ->
    [new] new
    [open] open
    [pending_reminder] pending, reminder
    [pending_auto_close_successful] pending, closes as successful
    [pending_auto_close_unsuccessful] pending, closes as unsuccessful
    [closed_successful] closed, successful
    [closed_unsuccessful] closed, unsuccessful
    [removed] removed
   *[merged] merged
}
agent-title = Title
agent-text = What it is about
agent-locked = Locked: others keep off
agent-pending-until = Until
agent-pending-when = Say until when it waits.
agent-ticket-facts = Ticket
agent-ticket-why = Your rights on this queue do not allow it.
agent-ticket-times = Created { $created }, changed { $changed }
agent-ticket-changed = The ticket is changed.
agent-ticket-customer = Customer
agent-customer-nobody = Nobody
agent-ticket-nobody = No agent has to do with it yet.
agent-ticket-history = History
agent-ticket-event = { $is ->
    [new_ticket] { $name } made the ticket
    [phone_call_customer] { $name } wrote down a call
    [web_request_customer] { $name } wrote on the web
    [follow_up] { $name } wrote more
    [add_note] { $name } wrote a note
    [chat] { $name } put a chat here
    [move] { $name } moved it from { $old } to { $new }
    [owner_update] { $name } made { $new } the owner, before: { $old }
    [responsible_update] { $name } made { $new } responsible, before: { $old }
    [priority_update] { $name } changed the priority from { $old } to { $new }
    [state_update] { $name } changed the state from { $old } to { $new }
    [set_pending_time] { $name } set it to wait until { $new }
    [title_update] { $name } changed the title from { $old } to { $new }
    [type_update] { $name } changed the type from { $old } to { $new }
    [lock] { $name } locked it
    [unlock] { $name } unlocked it
    [send_answer] { $name } sent an answer by e-mail
    [attach_file] { $name } attached { $new }
   *[other] { $name } changed it
}
agent-articles = Articles
agent-articles-earlier = Earlier articles
agent-article-channel = { $is ->
    [phone] Phone
    [internal] Note
    [email_out] E-mail
    [web] Web
   *[chat] Chat
}
agent-article-visible = Customer reads it
agent-article-chat = Open the archived chat
agent-note = Note
agent-reply = Reply
agent-ticket-move = Move
agent-reply-to = Reply to { $name }
agent-reply-write = Send reply
agent-reply-written = The reply is in the ticket.
agent-by-email = E-mail
agent-my-tickets = My open tickets
agent-my-tickets-all = All of them
agent-my-tickets-none = You own no open tickets.
agent-number = Number
agent-search = Search
agent-search-all = Search tickets, chats and people
agent-search-type = Type what you are looking for.
agent-customers = Customers
agent-archived-chats = Closed chats
agent-note-write = Add note
agent-note-visible = The customer may read it
agent-note-written = The note is in the ticket.
agent-ticket-for = For whom
agent-ticket-for-kind = { $is ->
    [person] Customer user
    [address] Somebody without a login
   *[nobody] Nobody
}
agent-customer-search = Name, address or company
agent-customer-not-found = Nobody fits.
agent-customer-missing = Choose whom the ticket is for.
agent-title-missing = Give the ticket a title.
agent-text-missing = Say what it is about.
agent-no-queue = There is no queue in which you may make tickets. Ask your administrator.
agent-ticket-with-chat = { $chat ->
    [closes] The chat goes into the ticket as a second article, and then closes.
   *[stays] The chat goes into the ticket as a second article.
}
agent-ticket-make = Create ticket
agent-ticket-made = Ticket { $number } is made.

agent-sign-in = Sign in
agent-sign-in-text = Sign in as an agent of the help desk.
agent-login = Login
agent-password = Password
agent-signed-out-here = You are signed out.
agent-signed-out-elsewhere = Your session has ended. Sign in again; what you typed is kept.
agent-setup = Set up Deskbell
agent-setup-text = You become the first agent, with the right to administer.
agent-setup-code = Setup code
agent-setup-code-hint = Deskbell printed it when it started.
agent-name = Name
agent-name-hint = As colleagues and customers will see it.
agent-password-hint = At least 10 characters.
agent-setup-go = Begin

agent-keys = Keyboard
agent-key-on = on
agent-key-name = { $is ->
    [enter] Enter
    [shift-enter] Shift + Enter
    [escape] Esc
    [search] Ctrl K
   *[arrows] ↑ ↓
}
agent-key-does = { $is ->
    [enter] Send
    [shift-enter] New line
    [escape] Close what is on top
    [search] Search everything
    [arrows] Move in a list or menu
    [sheet] This sheet
    [chats] Who is waiting
    [home] Home
   *[archive] Archive
}

agent-notice-personal = { $name } asks you for a chat
agent-notice-invitation = { $name } invites you to a chat
agent-notice-test = This is what a notification looks like
agent-notice-test-body = Deskbell tells you like this when somebody waits.
agent-notice-request = { $name } is waiting in { $channel }

## Dates and times that the server writes. Days, years, hours and minutes come as digits.

time-weekday = { $n ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
time-month = { $n ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
time-day = { $weekday }, { $day } { $month } { $year }
time-clock = { $hour }:{ $minute }
time-moment = { $day }, { $clock } ({ $offset })

## Transcripts: text, HTML, PDF

transcript-title = Chat in { $channel }
transcript-for-agents = For agents only: this can hold what customers and visitors do not see.
transcript-channel = Channel
transcript-people = People
transcript-person = { $name } ({ $what })
transcript-person-of = { $name }, { $company } ({ $what })
transcript-ticket = Ticket
transcript-began = Began
transcript-ended = Ended
transcript-so-far = Last entry so far
transcript-zone = Time zone
transcript-earlier = { $count ->
    [one] 1 earlier entry is not in this transcript.
   *[other] { $count } earlier entries are not in this transcript.
}
transcript-decimal = .
transcript-redacted = This text was removed.
transcript-redacted-by = This text was removed by { $by } on { $at }.
transcript-page = { $page } of { $pages }

## Refusals, by the code of the problem

problem-not_found = This is not here, or not yours to see.
problem-empty_text = There is no text in it. Write something first.
problem-too_long = The text is too long: { $limit } characters fit. Shorten it or send it in parts.
problem-already_taken = { $by } took this chat first.
problem-chat_closed = This chat is closed. Your text is kept.
problem-not_accepted = Nobody has accepted this chat yet.
problem-not_allowed = You do not have the right to do this here. Your administrator can give it to you.
problem-you_are_unavailable = You are not taking chats. Make yourself available first.
problem-would_leave_alone = You are the last agent here. Close the chat, or hand it back to the channel.
problem-not_offered = Chats cannot be started here.
problem-nobody_available = Nobody is free right now. Your text is kept.
problem-it_is_you = That is you. Choose somebody else.
problem-already_in = This person is in the chat already.
problem-already_invited = This person was invited already and has not answered yet. Wait a moment, or invite somebody else.
problem-person_unavailable = This person is not available right now. Try again later, or ask somebody else.
problem-person_not_allowed = This person has no right in this channel. Invite somebody else, or change the channel.
problem-role_too_high = The right in this channel does not reach that far. Choose observer, or ask your administrator.
problem-not_invited = This invitation is not there any more. Ask to be invited again.
problem-nothing_changes = It is like this already. Nothing was changed.
problem-ticket_closed = This ticket is closed. Choose another one, or open it again first.
problem-other_customer = This ticket is not of the customer in this chat, and whoever it is of could read what was said. Choose another one, or append it all the same.
problem-in_ticket_already = All of this conversation is in the ticket already. Nothing was added.
problem-desk_unreachable = The ticket system cannot be reached{ $told }. This time nothing was stored there. Try again in a moment.
problem-desk_sign_in = The ticket system does not let Deskbell in{ $told }. Nothing was stored there. Tell your administrator.
problem-desk_no_right = The ticket system does not allow this{ $told }. Choose another ticket or queue, or tell your administrator.
problem-desk_refused = The ticket system refused this{ $told }. Change what it does not like, or choose another ticket or queue.
problem-desk_unfit = This cannot be sent to the ticket system{ $told }. Change that and try again.
problem-desk_unclear = The ticket system gave no clear answer{ $told }. It is not known whether it has the chat. Try again: it is looked for first, and not stored twice.
problem-desk_incomplete = Ticket { $by } is made, but not all of the chat is in it{ $told }. Try again: what is missing is added, and nothing twice.
problem-tickets_elsewhere = Tickets are kept in the connected ticket system. Look for them there.
problem-lock_first = This ticket is not locked by you. Lock it first, then start the chat.
problem-changed_meanwhile = Somebody changed this meanwhile. Look at what it is now, and change it again.
problem-mail_off = No mail server is set here. Ask your administrator, or take it away as a file.
problem-no_address = There is no e-mail address that it could go to. Check it, or ask your administrator.
problem-mail_capped = It was sent as often as it may be. Look into your mailbox, or take it away as a file.
problem-file_empty = There is nothing in this file. Choose another one.
problem-file_too_large = This file is too large: 20 MB is the most.
problem-file_not_whole = The file did not arrive whole. Try again.
problem-file_too_slow = The file came too slowly. Try again with a better connection.
problem-file_type = Files of this kind cannot be sent here. Pictures, PDFs, texts, office documents, sound, video and ZIP archives can.
problem-picture_too_large = This picture has too many pixels: 40 million is the most. Make it smaller and send it again.
problem-files_too_many = There are as many files in this text as it may have. Write another one, and attach it there.
problem-files_over_day = That is more than one person can send in a day. Try again tomorrow.
problem-file_not_stored = The file could not be stored on our side, so it was not sent. Try again later.
problem-file_gone = This file cannot be reached right now. Try again later.
problem-cid_reused = This could not be sent as it is. Copy the text and send it anew.
problem-signed_out = You are not signed in any more. Sign in again; what you typed is kept.
problem-wrong_login = Login and password do not match. Check both and try again.
problem-wrong_setup_code = This setup code is not valid. Use the one that Deskbell printed at its last start.
problem-second_factor_needed = This account has a second factor. Enter the code that your device shows now, or a recovery code.
problem-wrong_code = This code is not valid, or was used already. Wait for the next one, or enter a recovery code.
problem-second_factor_owed = Your rights ask for a second factor. Set one up first; then everything is here.
problem-second_factor_required = Your rights ask for a second factor. Set up another one in its place instead.
problem-second_factor_unreadable = Codes cannot be checked here right now. Use a recovery code, and tell the operator.
problem-link_gone = This link was used, or its time is over. Ask for a new one.
problem-unidentified = This page could not show who you are. Reload it and try again, or write without that.
problem-unfit_picture = This picture is not taken. Choose another one.
problem-unfit_password = A password has at least 10 characters and at most 256 bytes. Choose another one.
problem-unfit_days = These days or this time zone cannot be kept. Check them and save again.
problem-last_administrator = Somebody must be left who administers. Give somebody else this right first.
problem-taken = This name is taken already. Choose another one.
problem-foreign_page = This page is not open at its own address. Open it there and try again.
problem-bad_input = The server did not understand this. Load the page again.
problem-too_many = That was a lot in a short time. Wait a moment and try again.
problem-busy = The server has too much to do right now; nothing was changed. Try again in a moment.
problem-unknown = It is not known yet whether this was stored. Try again: it will be stored once.
problem-unavailable = The server cannot reach its data right now. Try again in a moment.
problem-too_large = This is more than can be sent at once. Send it in parts.
problem-internal = Something went wrong on our side; it has been noted. Try again in a moment.
problem-unreachable = The server cannot be reached. Check your connection and try again.

## One's own account

account-profile = Profile
account-name = Name
account-name-hint = How colleagues see you, and customers where no alias is set.
account-language = Language
account-zone = Time zone
account-dates = Dates
account-as-browser = As the browser has it
account-dates-as = { $is ->
        [day_first] 31.12.2026
        [month_first] 12/31/2026
       *[iso] 2026-12-31
    }
account-save = Save
account-saved = Saved. It holds on all your devices.
account-picture = A picture of you
account-picture-choose = Choose a picture …
account-picture-remove = Remove
account-picture-hint = Colleagues see it, and those you talk to unless that is switched off. It is cut to a square here; nothing else of the file is sent.
account-picture-hint-customer = Our team sees it. It is cut to a square here; nothing else of the file is sent.
account-password = Password
account-password-own = Your password
account-password-old = Your password now
account-password-new = New password
account-password-hint = At least 10 characters; several words are easy to keep in mind.
account-password-change = Change password
account-password-changed = Your password is changed. You are signed out everywhere else.
account-sessions = Where you are signed in
account-sessions-why = A session ends by itself 12 hours after it was used last. End one that is not yours, and change your password.
account-session-where = { $browser } on { $system }
account-session-unknown = An unknown program
account-session-here = This one
account-session-seen = Last used: { $at }
account-session-made = Signed in: { $at }
account-session-end = End
account-session-end-of = End the session: { $where }
account-session-sign-out = Sign out
account-session-ended = The session is ended: { $where }.
account-sessions-end = End all others
account-sessions-ended = You are signed out everywhere else.
account-factor = Second factor
account-factor-why = A code from your phone or another device, asked for after the password: whoever gets to know your password cannot get in with that alone.
account-factor-none = You have none.
account-factor-set = Set up on { $at }. { $codes ->
        [one] One recovery code is left.
       *[other] { $codes } recovery codes are left.
    }
account-factor-few = { $codes ->
        [0] You have no recovery code left. Make new ones, so that you get in without your device.
        [one] You have one recovery code left. Make new ones, so that you get in without your device.
       *[other] You have only { $codes } recovery codes left. Make new ones, so that you get in without your device.
    }
account-factor-begin = Set it up …
account-factor-other = Set up on another device …
account-factor-remove = Remove …
account-factor-removed = You have no second factor any more. You are signed out everywhere else.
account-factor-required = Your rights ask for a second factor. Set it up on another device instead.
account-prove = { $for ->
        [codes] New recovery codes take the place of the old ones. First show that it is you.
        [remove] Without a second factor your password alone lets somebody in. First show that it is you.
       *[set] First show that it is you.
    }
account-go-on = Go on
account-cancel = Cancel
account-back = Back to signing in
account-again = Try again
account-code = Code
account-code-hint = The six digits that your device shows now, or a recovery code.
account-factor-scan = Open an authenticator app on your device and scan this:
account-factor-qr = QR code with the secret for your device
account-factor-type = Or type this secret into it:
account-factor-here = Open it in an app on this device
account-factor-confirm = The six digits that it shows now
account-factor-set-up = Set up
account-codes = Recovery codes
account-codes-told = It is set up. Keep these recovery codes where you find them without your device: each lets you in once in the place of a code. They are not shown again.
account-codes-new = New recovery codes …
account-codes-kept = I have kept them
account-codes-kept-said = Your second factor is set up. You are signed out everywhere else.
account-codes-save = Save as a file
account-owed = { $name }, your rights ask for a second factor
account-owed-why = Set one up now; then everything is here. You need a phone or another device with an authenticator app.
account-link = { $for ->
        [invitation] Choose your password
       *[reset] Choose a new password
    }
account-link-looking = One moment …
account-link-text = { $for ->
        [invitation] Hello { $name }. Your login is { $login }. Choose the password you will sign in with.
       *[reset] Hello { $name }. Choose a new password for your login { $login }. You will be signed out everywhere.
    }
account-link-until = The link works until { $at }.
account-link-set = Set password
account-link-gone = This link was used, or its time is over. Ask for a new one, or ask whoever invited you.
account-forgotten = Forgot your password?
account-forgotten-text = Tell your login or e-mail address. You get a letter with a link by which you choose a new one.
account-forgotten-who = Login or e-mail address
account-forgotten-send = Send me a link
account-forgotten-done = If there is an account that goes by this and has an e-mail address, a letter is on its way to it. The link in it works for 30 minutes. Look into the spam folder too.

## E-mail

mail-question-subject = Your conversation by e-mail?
mail-question-text =
    Somebody, most likely you, asked to have a conversation sent to this address.

    If it was you, open this page and say so:

    { $link }

    The link works for { $hours } hours. If it was not you, do nothing: nothing more is sent.

    This letter was written by the chat at { $desk }
mail-reset-subject = A new password for { $login }
mail-reset-text =
    Somebody asked for a new password for the account { $login } at { $desk }. If it was you, choose it here:

    { $link }

    The link works once and for { $minutes } minutes.

    If it was not you, you need not do anything: your password stays as it is.
mail-invitation-subject = Choose your password
mail-invitation-text =
    Hello { $name }, you have an account at { $desk }. Your login is { $login }. Choose your password here:

    { $link }

    The link works once and for { $hours } hours. If it is over, ask whoever invited you for a new one.
mail-unseen-subject = { $count ->
    [one] A message for you: { $channel }
   *[other] { $count } messages for you: { $channel }
}
mail-unseen-text = You have not seen this yet in your conversation:
mail-unseen-by = { $name } wrote:
mail-unseen-answer =
    To read all of it and to answer, open the conversation:
    { $link }
mail-unseen-answer-link = Open the conversation to answer
mail-unseen-stop =
    If you want no more e-mails about messages you have not seen:
    { $link }
mail-unseen-stop-link = No more e-mails about messages I have not seen
mail-test-subject = A letter from Deskbell
mail-test-text = If you read this, the mail server that Deskbell uses delivers its letters.
mail-page-title = Your conversation by e-mail
mail-page-text = Shall the conversation be sent to the address at which you found this link?
mail-page-send = Yes, send it
mail-page-done = It is on its way. You can close this page.
mail-page-gone = This link is not valid, or not any more. Ask for the conversation again where you had it.
mail-stop-title = E-mails about unseen messages
mail-stop-text = Do you want no more e-mails about messages that you have not seen?
mail-stop-send = Stop them
mail-stop-done = They are stopped. You can close this page.
mail-stop-again = Send them again
mail-stop-again-done = From now on they are sent again. You can close this page.
mail-stop-gone = This link is not valid, or not any more. A newer e-mail holds a new one.
mail-page-later = The service cannot be reached right now. Try again in a moment.

### What administrators read

admin-title = Administration
admin-parts = Parts of the administration
admin-begin = First steps
admin-begin-why = What a desk needs before its first chat. All of it can be changed here and in the other parts at any time.
admin-begin-matters = What matters
admin-begin-title = What your desk is called
admin-begin-title-hint = Stands on its pages and above the chat, such as Skerry Ferries.
admin-begin-site = Your web site
admin-begin-site-hint = With https:// and without a path; empty for the page of Deskbell alone.
admin-begin-who = Who may chat
admin-begin-needs = Enter what your desk is called.
admin-begin-save = Save and try it
admin-begin-done = Saved. Try it below: ring the bell and write something.
admin-begin-try = Try it
admin-begin-reached = Deskbell is reached at { $address }. Whoever runs it sets that as public_url.
admin-begin-next = What comes next
admin-begin-agents = Add the agents who answer
admin-begin-channels = Set when your channels are open, and what they say
admin-begin-customers = Add customer users, who sign in to the portal
admin-sessions = Sessions
admin-sessions-why = Who is signed in where. Ending a session signs its browser out at once; chats of an agent who is signed in nowhere else wait again after a while.
admin-find-session = Find a person by name, login or e-mail address
admin-no-session = Nobody of that name is signed in.
admin-session-person = Person
admin-session-agent = Agent
admin-session-customer = Customer user
admin-session-where = Where
admin-session-browser = { $browser } on { $system }
admin-session-unknown = An unknown program
admin-session-made = Signed in
admin-session-seen = Last used
admin-session-end = End
admin-session-end-of = End the session of { $name }: { $where }
admin-session-end-title = End this session of { $name }?
admin-session-end-text = { $name } is signed out there at once ({ $where }), and can sign in again.
admin-session-ended = The session of { $name } is ended: { $where }.
admin-sessions-end = End all sessions
admin-sessions-ended = { $name } is signed out everywhere.
admin-guards = Second factor
admin-guards-why = Agents who hold a key on one of these groups need a second factor. Who has none is asked for it at once, before anything else; so are you.
admin-factor-set = A second factor is set up.
admin-factor-none = No second factor.
admin-factor-remove = Take the second factor away
admin-factor-removed = { $name } has no second factor any more, and is signed out everywhere.
admin-invited = Chooses the password by a link
admin-doors = How { $name } gets in
admin-doors-why = A link by which { $name } chooses a password works once. Ending the sessions signs { $name } out at once.
admin-link-make = Link for choosing a password
admin-link-why = Works once, for 72 hours. The password stays until then.
admin-link-waits = There is no password yet: without a link nobody signs in.
admin-link-told = Pass this link on to { $name }. It works once, for { $hours } hours, and is not shown again.
admin-link-mail = Mail it to { $address }
admin-link-mailed = A letter with a link is on its way to { $name }. It works once, for { $hours } hours; links that you copied before do not work any more.
admin-copy = Copy
admin-copied = Copied.
admin-settings = Settings
admin-log = Change log
admin-find-setting = Find a setting
admin-no-setting = No setting fits “{ $q }”.
admin-only-changed = Only those that were changed
admin-section = { $of ->
    [chat] Chat
    [agents] Agents
    [waiting] Waiting
    [mail] E-mail
    [look] Look
   *[limits] Limits
}
admin-seconds = seconds
admin-span = that is { $span }
admin-bounds = { $min } to { $max }, default { $default }
admin-default = Default: { $default }
admin-default-empty = Default: empty
admin-save-setting = Save: { $name }
admin-discard = Discard
admin-reset = Reset to default
admin-reset-setting = Reset to default: { $name }
admin-saved = Saved: { $name }
admin-on = on
admin-off = off
admin-out-of-bounds = Enter a whole number from { $min } to { $max }.
admin-changed-by-other = Somebody else has changed this meanwhile. It is { $value } now; what you entered is still here.
admin-history = History
admin-history-of = History: { $name }
admin-no-history = It was never changed.
admin-set-back = Set back to { $value }
admin-as-text = Keep or apply as text
admin-text = Settings as text
admin-text-hint = TOML: a line for each setting that is not to have its default. Keep it, or change it here and see what it would do.
admin-download = Download
admin-plan = What would change?
admin-apply = Apply all
admin-plan-none = Nothing would change.
admin-plan-count = { $count ->
    [one] One setting would change.
   *[other] { $count } settings would change.
}
admin-applied = { $count ->
    [one] One setting is changed.
   *[other] { $count } settings are changed.
}
admin-plan-problems = This cannot be applied:
admin-when = When
admin-who = Who
admin-what = What
admin-before = Before
admin-after = After
admin-command-line = Command line
admin-nothing = —
admin-log-empty = Nothing was changed yet.
admin-log-why = Every change of settings, accounts, rights, channels, queues and snippets. Each record seals the one before it: deskbell verify finds out if one was altered.
admin-kind = { $of ->
    [setting] Setting
    [agent] Agent
    [customer_user] Customer user
    [public_user] Visitor
    [group] Group
    [role] Role
    [channel] Chat channel
    [queue] Queue
    [look] Look
    [snippet] Snippet
    [company] Company
    [letter] E-mail
   *[other] { $of }
}
admin-gone = no longer there
admin-channels = Chat channels
admin-channels-why = A channel belongs to a group: the keys on the group are the keys on the channel. Visitors and customers see those that are available to them.
admin-channel-new = New channel
admin-channel = Channel
admin-channel-change = Change channel: { $name }
admin-change = Change
admin-name = Name
admin-group = Group
admin-for = Available to
admin-for-customers = Customer users
admin-for-visitors = Visitors
admin-for-agents = Agents only
admin-reply-target = Answer within (seconds)
admin-retention = Keep closed chats (days)
admin-retention-hint = 0 keeps them for ever. Older ones go within an hour.
admin-kept-for-ever = for ever
admin-kept-days = { $count ->
    [one] one day
   *[other] { $count } days
}
admin-kept = Kept
admin-valid = Valid
admin-invalid = invalid
admin-is-default = Default
admin-used-by = Where it is used: { $names }
admin-needs-name = Enter a name.
admin-agents = Agents
admin-find-agent = Find an agent
admin-no-agent = Nobody fits “{ $q }”.
admin-agent-new = New agent
admin-agent-change = Change agent: { $name }
admin-agent = Agent
admin-login = Login
admin-email = E-mail address
admin-roles = Roles
admin-no-roles = There are no roles yet.
admin-own-keys = Keys of this agent alone
admin-own-keys-why = Beside those of the roles. What is ticked acts at once.
admin-valid-agent = Valid: may sign in
admin-password-new = New password
admin-password-told = The password of { $name }, shown this once:
admin-password-pass-on = Pass it on safely; it can be changed after signing in.
admin-password-ends = Signs { $name } out everywhere.
admin-needs-login = Enter a login and a name.
admin-customers = Customer users
admin-find-customer = Find a customer user
admin-no-customer = Nobody fits “{ $q }”.
admin-no-customers = There are no customer users yet.
admin-customer-new = New customer user
admin-customer-change = Change customer user: { $name }
admin-customer = Customer user
admin-company = Company
admin-company-hint = Colleagues see each other’s tickets. A new name makes a new company.
admin-companies = Companies
admin-companies-why = Customer users of one company see the tickets of all of them. A company comes with the first customer user that names it.
admin-find-company = Find a company
admin-no-company = No company fits “{ $q }”.
admin-no-companies = There are no companies yet.
admin-company-change = Change company: { $name }
admin-valid-company = Valid: can be chosen for customer users
admin-people = Customer users
admin-queues = Queues
admin-queues-why = A queue belongs to a group: the keys on the group are the keys on its tickets. Chats about its tickets go to its channel.
admin-queue = Queue
admin-queue-new = New queue
admin-queue-change = Change queue: { $name }
admin-queue-channel = Chat channel
admin-no-channel = None
admin-comment = Comment for administrators
admin-hours = Hours
admin-hours-always = Always
admin-hours-some = At set hours
admin-hours-hint = As 9:00–12:00, 13:00–17:00. Nothing for a day without.
admin-hours-none = closed
admin-hours-unclear = { $day }: enter hours as 9:00–12:00, 13:00–17:00, one after the other.
admin-zone = Time zone
admin-holidays = Holidays
admin-holidays-hint = A line for each: 2027-05-17 and a name, or 12-25 and a name for every year.
admin-holiday-unclear = Holidays, line { $line }: enter a date as 2027-05-17 or 12-25, then a name.
admin-texts = What it says
admin-texts-hint = Nothing leaves what Deskbell says by itself. Readers see their own language, else English.
admin-text-welcome = When somebody is there ({ $language })
admin-text-away = When nobody is there ({ $language })
admin-language-code = Further language (code)
admin-language-add = Add language
admin-language-hint = Enter the code of a language, such as fr or nb.
admin-snippets = Snippets
admin-snippets-why = A snippet puts the chat on web pages: one line of code for the pages of the sites it names. Changes here act there as soon as a page is opened again.
admin-no-snippets = There are no snippets yet.
admin-snippet = Snippet
admin-snippet-new = New snippet
admin-snippet-change = Change snippet: { $name }
admin-snippet-id = Name in the code
admin-snippet-id-hint = Letters a to z, digits and -. It stays, since pages hold it.
admin-snippet-title = Title
admin-snippet-title-hint = Heads the chat window.
admin-snippet-needs = Enter a name for the code and a title.
admin-sites = Sites
admin-sites-hint = A line for each, with https:// and without a path. No other site can show the chat.
admin-launcher = Launcher
admin-look = Look
admin-look-why = What your pages are called and how they look: to agents, in the portal, and in the chat. What stands on a launcher is the snippet’s.
admin-look-logo = Logo
admin-look-logo-hint = A PNG with at most 512 pixels on each side and 300 kB. It stands where people sign in, and in the portal.
admin-look-logo-choose = Choose a picture
admin-look-logo-remove = Take it away
admin-look-sample = By day and by night
admin-look-contrast = A colour that could not be read is made darker by day and lighter by night, just as far as needed: words have a contrast of at least 4.5 to what is behind them.
admin-look-button = Save
admin-look-link = A link
admin-look-chosen = Chosen
admin-look-light = By day.
admin-look-dark = By night.
admin-look-as-chosen = { $colour }, as chosen; contrast { $contrast }.
admin-look-moved = { $colour }, so that it can be read; contrast { $contrast }.
admin-launcher-start = At the start of the line: left, and right where one writes from right to left
admin-launcher-hidden = Hidden while nobody is there
admin-launcher-colour = A colour of its own
admin-launcher-which = Colour of the launcher
admin-launcher-label = Words on it ({ $language })
admin-code = Code for the pages
admin-code-hint = Put this line before the end of the body, or anywhere in the head.
admin-policy = Content security policy
admin-policy-hint = Pages that have such a policy add these addresses to it. Nothing else is needed.
admin-page = A live page
admin-page-hint = Looks at a page of the sites above as a browser would, and says what is in the way.
admin-page-address = Its address
admin-page-look = Look at it
admin-page-fine = The page loads the chat, and lets itself load it.
admin-page-open = Open it, and see whether anything lies on the button
admin-page-no_address = This is no address as https://www.example.org/.
admin-page-not_a_site = { $said } is not one of the sites of this snippet. Add it above and save.
admin-page-unreachable = The page cannot be reached: { $said }.
admin-page-answered = The page answers with { $said }. Name the page itself.
admin-page-no_script = The page does not load the chat. Put the line of code above into it.
admin-page-other_snippet = The page loads another snippet: { $said }.
admin-page-script_forbidden = The page’s content security policy forbids the script. Add the address above to its script-src.
admin-page-frame_forbidden = The page’s content security policy forbids the frame. Add the address above to its frame-src.
admin-identity = Signed identity
admin-identity-hint = Pages on which people are signed in can prove who they are: then nobody types a name, and one finds the own chat on every device. For that the page's server signs a token with a key of this snippet.
admin-identity-make = Make a key
admin-identity-another = Make another key
admin-identity-key = Key of { $made }
admin-identity-remove = Remove
admin-identity-remove-label = Remove the key of { $made }
admin-identity-told = Keep this key on the page's server, where nobody reads it. It is shown this once.
admin-identity-how = Sign these claims as a JSON Web Token with HS256, for each page anew, and put the token into data-identity of the line above.
admin-preview = Preview
admin-preview-hint = With what is in the fields now. The agent is simulated: nobody is called, and nothing is stored.
admin-copy-label = Copy: { $what }
admin-letters = E-mail
admin-letters-why = E-mail that is on its way or did not arrive. What arrived is not listed; what a letter says is shown to nobody here.
admin-no-mail-server = No mail server is set. Name one under [mail] in the configuration and try it with deskbell mail test.
admin-no-letters = Nothing is on its way, and nothing failed.
admin-letter = About
admin-letter-somebody = A visitor
admin-letter-ticket = Ticket { $number }
admin-letter-chat = Chat
admin-letter-state = State
admin-letter-said = The mail server said
admin-letter-tries = { $count ->
    [one] One try
   *[other] { $count } tries
}
admin-letter-failed = Failed
admin-letter-perhaps = Perhaps sent
admin-letter-waits = Next try { $at }
admin-letter-sending = Being sent
admin-send-again = Send again
admin-rights = Roles and groups
admin-rights-why = Channels and queues belong to groups. A role holds keys on groups, and every agent in it has them. What is ticked acts at once.
admin-role-new = New role
admin-group-new = New group
admin-members = { $count ->
    [0] No agents
    [one] One agent
   *[other] { $count } agents
}
admin-key-on = { $key } on { $group }
admin-key = { $is ->
    [chat_owner] Own chats
    [chat_participant] Take part in chats
    [chat_observer] Observe chats
    [ro] Read
    [move_into] Move into
    [create] Create
    [note] Add notes
    [owner] Change owner
    [priority] Change priority
   *[rw] Everything (rw)
}

setting-chat_active = Chat is switched on
setting-chat_active-about = Visitors and customers can ask for chats, and agents can chat.
setting-public_to_agent = Visitors to agents
setting-public_to_agent-about = Visitors of web pages may start chats.
setting-customer_to_agent = Customers to agents
setting-customer_to_agent-about = Customer users may start chats.
setting-agent_to_customer = Agents to customers
setting-agent_to_customer-about = Agents may start chats with customer users.
setting-agent_to_agent = Agents to agents
setting-agent_to_agent-about = Agents may start chats with each other and invite.
setting-agent_idle_s = Agent is away after
setting-agent_idle_s-about = Without activity for so long, an agent counts as away.
setting-customer_idle_s = Customer is away after
setting-customer_idle_s-about = Without activity for so long, a customer user counts as away.
setting-offline_after_s = Offline after
setting-offline_after_s-about = So long after the last sign of life of their browsers, people count as offline.
setting-lease_s = An agent who vanished keeps chats for
setting-lease_s-about = After that they wait again, so that somebody else can accept them.
setting-sign_in_lowers_availability = Signing in takes availability back
setting-sign_in_lowers_availability-about = Who was available for external chats is available for internal ones after signing in, unless already here.
setting-unseen_mail_s = Unseen messages by e-mail after
setting-unseen_mail_s-about = What an agent wrote and a customer user, or a visitor whose address is proven, has not seen for so long goes to him by e-mail, once; 0 for never.
setting-mail_language = Language of e-mails
setting-mail_language-about = Of e-mails that nobody asked for: de or en.
setting-service_name = Name of this help desk
setting-service_name-about = What its pages are called; empty for the product’s own name.
setting-accent_colour = Colour of buttons and links
setting-accent_colour-about = As #1a5f7a; empty for the product’s own.
setting-agent_alias = Name of agents
setting-agent_alias-about = What externals see instead of agents’ own names; empty for their own names.
setting-agent_alias_numbers = Number after the name of agents
setting-agent_alias_numbers-about = The name is followed by a number, by order of joining.
setting-receiving_group = Group that receives chats
setting-receiving_group-about = Agents with any key on this group may receive chats.
setting-starting_group = Group that starts chats
setting-starting_group-about = Agents with any key on this group may start chats.
setting-no_answer_s = No answer after
setting-no_answer_s-about = After so much waiting, externals are offered other ways.
setting-personal_request_s = Personal requests end after
setting-personal_request_s-about = A request to one person that nobody answers ends then.
setting-external_gone_s = External counts as gone after
setting-external_gone_s-about = Without a connection for so long, an external’s chat sinks in the list.
setting-external_closes_s = Left chats close after
setting-external_closes_s-about = Without a connection of its external for so long, an open chat closes.
setting-customer_starts_from_ticket = Customer users start chats about tickets
setting-customer_starts_from_ticket-about = From a ticket of theirs, in the channel of its queue.
setting-customer_starts_without_ticket = Customer users start chats about no ticket
setting-customer_starts_without_ticket-about = From the portal’s pages.
setting-agent_starts_from_ticket = Agents start chats about tickets
setting-agent_starts_from_ticket-about = With the ticket’s customer user, if he is there.
setting-agent_starts_without_ticket = Agents start chats about no ticket
setting-agent_starts_without_ticket-about = With a customer user whom they see to be there.
setting-customer_starts_from_company_ticket = Customer users start chats about tickets of colleagues
setting-customer_starts_from_company_ticket-about = About tickets of their company that are for somebody else, too.
setting-agent_starts_need_key = Key that agents need to start a chat about a ticket
setting-agent_starts_need_key-about = With its customer user. On the group of the ticket’s queue: ro, note, owner, priority or rw.
setting-agent_starts_need_lock = Chats about a ticket only by who has locked it
setting-agent_starts_need_lock-about = With its customer user. Others are asked to lock it first.
setting-externals_see_picture = Externals see agents’ pictures
setting-externals_see_picture-about = Of the agent who talks to them, while agents have no other name for externals.
setting-externals_see_language = Externals see agents’ languages
setting-externals_see_language-about = Of the agent who talks to them, where it is not the page’s, while agents have no other name for externals.
setting-remind_unavailable = Remind agents who are unavailable
setting-remind_unavailable-about = They read on every page that no chats reach them.
setting-out_of_office_text = Words for who is out of office
setting-out_of_office_text-about = Beside the name. {"{"}day{"}"} becomes the last day, {"{"}days{"}"} the days that are left; empty for our own words.
setting-external_text_chars = Longest message of an external, in characters
setting-external_text_chars-about = Longer ones are refused, and stay where they were typed.
setting-session_idle_s = Seconds until an unused session ends
setting-session_idle_s-about = Agents and customer users sign in again after that.
setting-session_longest_s = Longest session, in seconds
setting-session_longest_s-about = However much it is used.
setting-visitor_reads_closed_h = Hours a visitor may read a closed chat
setting-visitor_reads_closed_h-about = After that only agents find it.
setting-mails_of_chat = E-mails of one chat
setting-mails_of_chat-about = So often an external may have one chat sent by e-mail.
setting-mails_to_address_per_day = E-mails to one address in a day
setting-mails_to_address_per_day-about = Counts those that externals asked for.
setting-mails_of_network_per_day = E-mails asked for by one network in a day
setting-mails_of_network_per_day-about = Counts visitors.
setting-mails_of_agent_per_day = E-mails of one agent in a day
setting-mails_of_agent_per_day-about = After that an agent cannot send more until the next day.
setting-mail_again_s = Try an e-mail again after
setting-mail_again_s-about = Each further try comes after twice as long, up to four hours.
setting-mail_tries = Tries of an e-mail
setting-mail_tries-about = After so many it counts as failed.
setting-mail_patience_s = Wait for the mail server
setting-mail_patience_s-about = So long its answer is waited for.
setting-frames_per_s = Frames a second of one connection
setting-frames_per_s-about = Three times as many at once; beyond that it is slowed down.
setting-sign_ins_per_5_min = Tries to sign in within five minutes
setting-sign_ins_per_5_min-about = Counted for each network.
setting-visitors_per_min = New visitors in a minute
setting-visitors_per_min-about = Counted for each network.
setting-starts_per_min = Chats asked for in a minute, by one network
setting-starts_per_min-about = Beyond that people are told to wait a moment.
setting-starts_of_one_per_min = Chats asked for in a minute, by one person
setting-starts_of_one_per_min-about = Beyond that the person is told to wait a moment.
setting-files_of_one_per_min = Files in a minute, by one person
setting-files_of_one_per_min-about = Beyond that the person is told to wait a moment.
setting-visitor_files_mib = MiB of files in a day, by one visitor
setting-visitor_files_mib-about = 0 takes none.
setting-customer_files_mib = MiB of files in a day, by one customer user
setting-customer_files_mib-about = 0 takes none.
setting-agent_files_mib = MiB of files in a day, by one agent
setting-agent_files_mib-about = 0 takes none.

preview-agent = Robin
preview-greets = Hello! This is what a chat looks like here. Nobody is at the other end, so write what you like.
preview-answers = Thank you. On your site one of your agents reads this and answers.
