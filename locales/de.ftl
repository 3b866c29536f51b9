### German. One file per language for all surfaces; ids begin with the part that needs them:
### common-, chat- (every chat window), widget-, customer-, agent-, problem-<code>; what the server itself writes also
### takes time- and transcript-.

## Everywhere

common-product = Deskbell
common-today = Heute
common-yesterday = Gestern
common-close = Schließen
common-cancel = Abbrechen
common-dismiss = Ausblenden
common-live = Verbunden
common-connecting = Verbindung wird aufgebaut
common-catching-up = Wird aktualisiert
common-offline = Offline: Antworten werden später gesendet
common-ended = Nicht verbunden
common-over-target = länger als das Antwortziel

## Every chat window

chat-you = Sie
chat-typing = { $count ->
    [one] { $name } schreibt
    [2] { $name } und { $other } schreiben
   *[other] Mehrere Personen schreiben
}
chat-agents-only = Nur intern
chat-note-by = { $name }, nur intern
chat-note-prompt = Interne Notiz
chat-add-note = Notiz hinzufügen
chat-send = Senden
chat-enter-sends = Enter sendet
chat-who-reads = Wer wird das lesen?
chat-left = { $count ->
    [one] Noch 1 Zeichen
   *[other] Noch { $count } Zeichen
}
chat-too-long = { $count ->
    [one] 1 Zeichen zu viel
   *[other] { $count } Zeichen zu viel
}
chat-sending = Wird gesendet
chat-not-sent = Nicht gesendet.
chat-try-again = Erneut versuchen
chat-copy-text = Text kopieren
chat-show-older = Frühere Nachrichten anzeigen
chat-to-newest = Zur neuesten Nachricht
chat-new-below = { $count ->
    [one] 1 neue Nachricht
   *[other] { $count } neue Nachrichten
}
chat-announce-many = { $named ->
    [yes] { $count } neue Nachrichten von { $name }
   *[no] { $count } neue Nachrichten
}
chat-file-attach = Dateien anhängen
chat-file-drop = Dateien hier ablegen, um sie zu senden
chat-file-sending = { $name } wird gesendet
chat-file-again = Erneut versuchen: { $name }
chat-file-remove = Entfernen
chat-file-remove-it = Entfernen: { $name }
chat-file-open = { $name } ansehen
chat-file-save = { $name } speichern ({ $size })
chat-file-save-short = Speichern
chat-file-line = { $name } ({ $size })
chat-file-bytes = { $n } Byte
chat-file-kb = { $n } kB
chat-file-mb = { $n } MB
chat-entry-requested = { $you ->
    [yes] Sie haben einen Chat angefragt
   *[no] { $name } hat einen Chat angefragt
}
chat-entry-accepted = { $you ->
    [yes] Sie haben den Chat angenommen
   *[no] { $name } hat den Chat angenommen
}
chat-entry-joined = { $you ->
    [yes] Sie sind dabei
   *[no] { $name } ist jetzt dabei
}
chat-entry-left = { $you ->
    [yes] Sie haben den Chat verlassen
   *[no] { $name } hat den Chat verlassen
}
chat-entry-returned = Danke für Ihre Geduld. Gleich übernimmt jemand anderes.
chat-entry-redacted = Nachricht entfernt
chat-entry-returned-agent = { $reason ->
    [lease_ended] Der Agent war zu lange fort: Der Chat ging in den Kanal zurück
    [right_lost] Der Agent darf hier nicht mehr antworten: Der Chat ging in den Kanal zurück
   *[handed_back] { $you ->
        [yes] Sie haben den Chat in den Kanal zurückgegeben
       *[no] { $name } hat den Chat in den Kanal zurückgegeben
    }
}
chat-entry-moved = Der Chat geht in { $channel } weiter
chat-entry-mailing = { $you ->
    [yes] Sie haben diese Unterhaltung per E-Mail angefordert
   *[no] Diese Unterhaltung wird Ihnen per E-Mail geschickt
}
chat-entry-mailed = { $outcome ->
    [asked] Eine E-Mail fragt, ob die Unterhaltung gewünscht ist: Öffnen Sie den Link darin
    [sent] Die E-Mail wurde verschickt
    [perhaps] Vielleicht wurde die E-Mail verschickt: Der Mailserver hat es nicht bestätigt
   *[failed] Die E-Mail konnte nicht verschickt werden
}
chat-entry-closed = { $reason ->
    [withdrawn] { $you ->
        [yes] Sie haben die Anfrage zurückgezogen
       *[no] { $name } hat die Anfrage zurückgezogen
    }
    [declined] { $you ->
        [yes] Sie haben abgelehnt
       *[no] { $name } hat abgelehnt
    }
    [expired] Der Chat wurde geschlossen: Es ist lange nichts passiert
    [expired_system] Der Chat wurde geschlossen: Es ist lange nichts passiert
    [switched_off] Der Chat wurde geschlossen: Der Chat wurde abgeschaltet
    [switched_off_system] Der Chat wurde geschlossen: Der Chat wurde abgeschaltet
   *[by_agent] { $you ->
        [yes] Sie haben den Chat beendet
       *[no] { $name } hat den Chat beendet
    }
}

## The visitor's panel and public chat page

widget-title = Chat
widget-message = Ihre Nachricht
widget-message-hint = Wie können wir helfen?
widget-message-missing = Schreiben Sie zuerst eine Nachricht.
widget-name = Ihr Name
widget-name-missing = Bitte sagen Sie uns Ihren Namen.
widget-channel = Wer soll antworten?
widget-somebody-there = Jemand ist da
widget-nobody-there = Niemand ist da
widget-start = Chat beginnen
widget-starting = Beginnt
widget-looking = Wir sehen nach, wer da ist.
widget-opens = Wir sind wieder da: { $at }.
widget-nobody = Gerade ist niemand frei. Wir sehen weiter nach und sagen es hier, sobald wieder jemand da ist.
widget-nobody-in-channel = Dafür ist gerade niemand da. Wählen Sie etwas anderes, oder warten Sie hier: Wir sehen weiter nach.
widget-nobody-why = Gerade ist niemand frei
widget-text-stays = Ihr Text bleibt hier stehen.
widget-not-offered = Hier gibt es im Moment keinen Chat.
widget-unreachable = Wir sind gerade nicht zu erreichen. Ihr Text bleibt hier stehen. Wir versuchen es weiter.
widget-start-unknown = Wir sind gerade nicht zu erreichen. Ihr Text bleibt hier stehen. Versuchen Sie es noch einmal: Er wird nur einmal gesendet.
widget-loading = Ihre Unterhaltung wird geholt
widget-gone = Diese Unterhaltung kann nicht mehr gezeigt werden.
widget-log = Unterhaltung
widget-seen = Gesehen
widget-write = Nachricht schreiben
widget-about-agent = { $channel }, spricht { $language }
widget-about-waiting = Wartet auf Antwort
widget-about-closed = Diese Unterhaltung ist beendet
widget-agent-online = ist da
widget-agent-offline = ist gerade nicht da
widget-waiting = Vielen Dank. Bitte haben Sie einen Moment Geduld, gleich ist jemand für Sie da.
widget-waiting-on = Ihr Platz bleibt frei, und wir suchen weiter jemanden für Sie.
widget-place = { $place ->
    [1] Sie sind als Nächstes an der Reihe.
   *[other] Sie sind auf Platz { $place } der Warteschlange.
}
widget-estimate = { $to ->
    [1] Meist dauert es weniger als eine Minute.
   *[other] Meist dauert es { $from } bis { $to } Minuten.
}
widget-no-answer = Noch konnte niemand antworten, das tut uns leid. Wenn Sie weiter warten, behalten Sie Ihren Platz.
widget-keep-waiting = Weiter warten
widget-agent-lost = Die andere Seite hat die Verbindung verloren. Bitte bleiben Sie: Kommt sie nicht bald zurück, übernimmt jemand anderes.
widget-closed = { $reason ->
    [by_external] Sie haben diese Unterhaltung beendet.
    [withdrawn] Sie haben diese Unterhaltung beendet, bevor jemand geantwortet hat.
    [declined] Die Anfrage wurde abgelehnt.
    [expired] Diese Unterhaltung ist beendet, weil lange nichts geschehen ist.
    [switched_off] Diese Unterhaltung ist beendet: Der Chat ist im Moment abgeschaltet.
   *[by_agent] Diese Unterhaltung wurde von uns beendet.
}
widget-text-goes-on = Was Sie geschrieben haben, kommt in die neue.
widget-new = Neue Unterhaltung
widget-end = Unterhaltung beenden
widget-end-short = Beenden
widget-end-sure = Diese Unterhaltung beenden?
widget-end-hint = Sie können jederzeit eine neue beginnen.
widget-not-done = Wir sind gerade nicht zu erreichen. Versuchen Sie es gleich noch einmal.
widget-hide = Chat ausblenden
widget-leave = Nachricht hinterlassen
widget-leave-hint = Aus Ihrer Nachricht wird ein Ticket: Die Nummer bekommen Sie sofort.
widget-leave-email = Ihre E-Mail-Adresse (wenn Sie möchten)
widget-leave-email-hint = Damit wir Ihnen antworten können.
widget-leave-instead = Als Nachricht hinterlassen
widget-left = { $number ->
    [none] Vielen Dank. Ihre Nachricht ist da und auf dem Weg in unser Ticketsystem.
   *[other] Vielen Dank. Ihre Nachricht ist da; sie hat die Ticketnummer { $number }. Bitte notieren Sie sie.
}
widget-left-email = Wir antworten an { $email }.
widget-pdf = PDF herunterladen
widget-pdf-coming = Das PDF wird erstellt
widget-mail = Per E-Mail an mich schicken
widget-mail-address = Ihre E-Mail-Adresse
widget-mail-hint = Eine E-Mail dorthin fragt, ob sie gewünscht ist. Öffnen Sie den Link darin.
widget-mail-send = Senden

## The customer portal

customer-title = Helpdesk
customer-sign-in-text = Melden Sie sich an, um mit uns zu chatten und nachzulesen, was gesagt wurde.
customer-login = Anmeldename
customer-password = Passwort
customer-sign-in = Anmelden
customer-account-of = Konto von { $name }
customer-account = Mein Konto
customer-forgotten = Passwort vergessen?
customer-code = Code
customer-code-text = Ihr Konto hat einen zweiten Faktor.
customer-code-hint = Die sechs Ziffern, die Ihr Gerät jetzt zeigt, oder ein Wiederherstellungscode.
customer-code-back = Zurück
customer-password-chosen = Ihr Passwort ist gesetzt. Melden Sie sich damit an.
customer-sign-out = Abmelden
customer-was-signed-out = Sie wurden abgemeldet. Melden Sie sich wieder an, um weiterzumachen.
customer-unreachable = Wir sind gerade nicht zu erreichen. Diese Seite versucht es von selbst wieder.
customer-hello = Guten Tag, { $name }
customer-home-text = Wir sind für Sie da. Öffnen Sie den Chat, um eine Unterhaltung zu beginnen.
customer-home-nobody = Gerade ist niemand frei. Der Chat sagt es, wenn sich das ändert.
customer-running = Laufende Unterhaltungen
customer-past = Frühere Unterhaltungen
customer-no-past = Es gibt noch keine.
customer-search = In früheren Unterhaltungen suchen
customer-not-found = Nichts gefunden. Versuchen Sie es mit anderen Wörtern.
customer-more = Mehr zeigen
customer-fetching = Ihre Unterhaltungen werden geholt
customer-waiting = Wartet
customer-unread = { $count ->
    [one] 1 ungelesene Nachricht
   *[other] { $count } ungelesene Nachrichten
}
customer-open-chat = Chatten Sie mit uns
customer-close-chat = Chat schließen
customer-chat = Chat
customer-all = Unterhaltungen
customer-conversation = Unterhaltung
customer-back = Alle Unterhaltungen
customer-go-on = Diese Unterhaltung fortsetzen
customer-asks = { $name } möchte mit Ihnen chatten
customer-asks-somebody = Unser Helpdesk möchte mit Ihnen chatten
customer-asked = { $count ->
    [one] 1 Chat-Anfrage
   *[other] { $count } Chat-Anfragen
}
customer-accept = Annehmen
customer-accept-whom = Chat mit { $name } annehmen
customer-decline = Ablehnen
customer-decline-whom = Chat mit { $name } ablehnen
customer-tell-me = Ihr Browser kann Ihnen melden, wenn jemand von uns antwortet oder mit Ihnen chatten möchte, auch während etwas anderes im Vordergrund ist.
customer-allow-notifications = Mitteilungen erlauben

## Tickets in the portal

customer-places = Orte
customer-tickets = Meine Tickets
customer-tickets-whose = Wessen Tickets
customer-tickets-of = { $whose ->
    [company] Meiner Firma
   *[mine] Eigene
}
customer-tickets-none = { $whose ->
    [company] Ihre Firma hat keine Tickets, die Sie lesen können.
   *[mine] Sie haben noch keine Tickets. Schreiben Sie eines, wenn Ihre Frage warten kann oder wenn niemand frei ist.
}
customer-tickets-fetching = Die Tickets werden geholt
customer-ticket = Ticket
customer-ticket-new = Neues Ticket
customer-ticket-new-text = { $desk ->
    [there] Schreiben Sie uns, worum es geht.
   *[here] Schreiben Sie uns, worum es geht. Sie bekommen sofort eine Nummer, und unsere Antwort steht dann im Ticket.
}
customer-ticket-title = Titel
customer-ticket-title-missing = Geben Sie zuerst einen Titel an: Ein paar Wörter genügen.
customer-ticket-text = Worum geht es?
customer-ticket-make = Ticket anlegen
customer-ticket-number = Nummer
customer-ticket-articles = Was geschrieben wurde
customer-ticket-earlier = Frühere Artikel
customer-ticket-fetching = Das Ticket wird geholt
customer-ticket-state = { $state ->
    [new] Neu
    [pending_reminder] Wartet
    [pending_auto_close_successful] Wartet
    [pending_auto_close_unsuccessful] Wartet
    [closed_successful] Erledigt
    [closed_unsuccessful] Geschlossen
    [removed] Entfernt
    [merged] Mit einem anderen verbunden
   *[open] In Arbeit
}
customer-ticket-chat = Unterhaltung
customer-ticket-chat-empty = Darin wurde nichts gesagt.
customer-ticket-to-conversation = Unterhaltung öffnen
customer-ticket-write = In dieses Ticket schreiben
customer-ticket-written = Ihr Text steht im Ticket.
customer-ticket-no-writing = Dieses Ticket nimmt keine weiteren Texte an. Legen Sie ein neues an, wenn es noch etwas gibt.
customer-ticket-show = Ticket zeigen
customer-ticket-made = { $number ->
    [none] Ihr Text ist aufgehoben und auf dem Weg in unser Ticketsystem.
   *[other] Das Ticket ist angelegt und hat die Nummer { $number }.
}
customer-ticket-of-chat = Ticket anlegen
customer-ticket-of-chat-hint = Schreiben Sie, was geschehen soll. Die Unterhaltung kommt mit in das Ticket.
customer-about-ticket = Zu Ticket { $number }
customer-about-else = Lieber etwas anderes
customer-ticket-chat-about = Zu diesem Ticket chatten
customer-ticket-add-chat = In Ticket { $number } aufnehmen
customer-ticket-has-chat = Die Unterhaltung steht in Ticket { $number }.
customer-ticket-closed = Ticket { $number } ist geschlossen und nimmt nichts mehr an. Legen Sie stattdessen ein neues aus dieser Unterhaltung an.
attached-files = Angehängte Dateien
attached-chosen = Dateien zum Anhängen
attached-remove = { $name } nicht anhängen
attached-failed = Nicht alle Dateien sind angehängt. Ihr Text ist da.
attached-without = Ohne diese Dateien weiter

## The agent interface

agent-organizer = Seitenleiste
agent-home = Start
agent-chats = Chats
agent-admin = Admin
agent-admin-not-yours = Das ist für alle, die verwalten. Wer verwaltet, kann Ihnen das Recht rw an der Gruppe admin geben.
agent-archive = Archiv
agent-skip = Zum Inhalt
agent-fetching = Wird geladen …
agent-save = Speichern

agent-people-waiting = { $count ->
    [one] 1 Person wartet
   *[other] { $count } Personen warten
}
agent-waiting-longest = { $count ->
    [one] 1 Person wartet, { $time }
   *[other] { $count } Personen warten, am längsten { $time }
}
agent-my-chats = Meine Chats
agent-no-chats = Kein laufender Chat. Angenommene Chats erscheinen hier.
agent-nobody-yet = Noch niemand
agent-waits-again = wartet wieder
agent-unread = ungelesen

agent-receives = { $what ->
    [channels] { $who ->
        [customers] Hier kommen an: Anfragen von Kunden in { $channels } sowie Chats mit Kollegen.
        [visitors] Hier kommen an: Anfragen von Besuchern in { $channels } sowie Chats mit Kollegen.
       *[both] Hier kommen an: Anfragen von Kunden und Besuchern in { $channels } sowie Chats mit Kollegen.
    }
    [channels_only] { $who ->
        [customers] Hier kommen an: Anfragen von Kunden in { $channels }.
        [visitors] Hier kommen an: Anfragen von Besuchern in { $channels }.
       *[both] Hier kommen an: Anfragen von Kunden und Besuchern in { $channels }.
    }
    [closed] Hier kommen an: nur Chats mit Kollegen. Kunden und Besucher können in den eigenen Kanälen keine Chats beginnen.
    [closed_nothing] Hier kommt nichts an. Laut Systemkonfiguration kann niemand einen Chat beginnen, der hier ankommt.
    [no_channels] Hier kommen an: nur Chats mit Kollegen. Es ist kein Chat-Kanal ausgewählt.
    [no_channels_nothing] Hier kommt nichts an. Es ist kein Chat-Kanal ausgewählt.
    [internal] Hier kommen an: nur Chats mit Kollegen.
    [internal_nothing] Hier kommt nichts an. Chats unter Agenten sind abgeschaltet.
    [chat_off] Hier kommt nichts an. Der Chat ist in der Systemkonfiguration abgeschaltet.
   *[unavailable] Hier kommt nichts an. Laufende Chats gehen weiter.
}
agent-choose-channels = Kanäle auswählen
agent-take-chats = Verfügbar machen

agent-availability-label = Chat-Verfügbarkeit
agent-availability = { $is ->
    [internal_and_external] Nehme Chats an
    [internal] Nur Kollegen
   *[unavailable] Nehme keine Chats an
}
agent-availability-hint = { $is ->
    [internal_and_external] Von Kunden, Besuchern und Kollegen
    [internal] Interne Chats
   *[unavailable] Laufende Chats gehen weiter
}
agent-lowered = Sie nehmen nur Chats von Kollegen an: Mit der Anmeldung wurde Ihre Verfügbarkeit verringert. Oben auf der Seite können Sie sie wieder erhöhen.
agent-personalization = Personalisierung: { $name }
agent-chat-availability = Chat-Verfügbarkeit
agent-notification-settings = Benachrichtigungen
agent-my-channels = Meine Chat-Kanäle
agent-my-channels-why = Anfragen in diesen Kanälen werden gemeldet und gezählt und lassen sich annehmen.
agent-no-channels-offered = Es gibt keinen Kanal, in dem Sie Anfragen annehmen dürfen. Die Administration kann das Recht dazu geben.
agent-notices = Mitteilungen und Ton
agent-notifications = { $is ->
    [granted] Der Browser meldet, wenn jemand wartet oder schreibt, während etwas anderes im Vordergrund ist.
    [denied] Der Browser blockiert Mitteilungen dieser Seite. In seinen Einstellungen für diese Adresse lässt sich das ändern.
    [missing] Der Browser zeigt hier keine Mitteilungen. Titel, Symbol und Ton melden trotzdem.
   *[default] Der Browser kann melden, wenn jemand wartet oder schreibt, auch während etwas anderes im Vordergrund ist.
}
agent-not-told = { $is ->
    [denied] Der Browser blockiert Mitteilungen und meldet also nichts, während etwas anderes im Vordergrund ist.
   *[default] Noch meldet der Browser nichts, während etwas anderes im Vordergrund ist.
}
agent-sound = Läuten, wenn jemand wartet oder schreibt
agent-sound-hint = Ein Tab läutet für alle, sobald darin geklickt oder getippt wurde: So verlangen es die Browser.
agent-try-notices = Ausprobieren
agent-tried-notice = { $is ->
    [shown] Eine Mitteilung ist gesendet. Wenn keine erschienen ist, bitte die Mitteilungen des Systems und den Modus „Nicht stören“ prüfen.
    [default] Keine Mitteilung: Der Browser wurde noch nicht gefragt.
    [denied] Keine Mitteilung: Der Browser blockiert sie.
    [missing] Keine Mitteilung: Der Browser zeigt hier keine.
   *[failed] Der Browser hat die Mitteilung nicht gezeigt.
}
agent-tried-sound = { $is ->
    [rang] Die Glocke hat geläutet. Wenn nichts zu hören war, bitte die Lautstärke prüfen und ob dieser Tab stumm ist.
    [off] Die Glocke ist ausgeschaltet.
   *[failed] Der Browser hat die Glocke nicht läuten lassen: Seine Einstellungen für diese Adresse verbieten vielleicht den Ton.
}
agent-allow-notifications = Mitteilungen erlauben
agent-language = Sprache
agent-theme = Darstellung
agent-theme-name = { $is ->
    [light] Hell
    [dark] Dunkel
   *[system] Wie das System
}
agent-account = Mein Konto
agent-doors = Anmeldung …
agent-forgotten = Passwort vergessen?
agent-code = Code
agent-code-text = Ihr Konto hat einen zweiten Faktor.
agent-code-hint = Die sechs Ziffern, die Ihr Gerät jetzt zeigt, oder ein Wiederherstellungscode.
agent-code-back = Zurück
agent-password-chosen = Ihr Passwort ist gesetzt. Melden Sie sich damit an.
agent-sign-out = Abmelden
agent-sign-out-title = Abmelden?
agent-sign-out-text = { $count ->
    [one] Ein Chat läuft noch. Er geht in seinen Kanal zurück und kann dort von anderen angenommen werden.
   *[other] { $count } Chats laufen noch. Sie gehen in ihre Kanäle zurück und können dort von anderen angenommen werden.
}

agent-people = Personen
agent-people-tab = { $is ->
    [customers] Kunden
    [out_of_office] Abwesend
   *[agents] Agenten
}
agent-people-search = Name, Firma oder Benutzername suchen
agent-people-none = { $tab ->
    [customers] Im Moment ist kein Kunde angemeldet.
    [out_of_office] Heute ist niemand als abwesend eingetragen.
   *[agents] Im Moment ist kein Agent angemeldet.
}
agent-people-not-found = Hier passt niemand zu „{ $q }“.
agent-people-size = Zeilen pro Seite
agent-people-page = Seite { $page }
agent-people-previous = Vorige Seite
agent-people-next = Nächste Seite
agent-presence = { $is ->
    [active] Aktiv
    [away] Untätig
    [unavailable] Nicht verfügbar
   *[offline] Offline
}
agent-out-until = Abwesend bis { $day }

agent-out-of-office = Abwesenheit
agent-out-why = An diesen Tagen ist für Kollegen eine Abwesenheit zu sehen. Was hier ankommt, bestimmt die Chat-Verfügbarkeit.
agent-out-zone = Zeitzone
agent-out-range = Tage { $n }
agent-out-from = Erster Tag
agent-out-to = Letzter Tag
agent-out-none = Es sind keine Tage eingetragen.
agent-out-add = Tage hinzufügen
agent-out-remove = Tage { $n } entfernen
agent-out-missing = Bitte in jeder Zeile den ersten und den letzten Tag wählen.
agent-out-order = Ein letzter Tag liegt vor seinem ersten Tag.
agent-out-full = Mehr als { $count } Zeilen sind nicht möglich.

agent-supervisor = Eigene Kanäle
agent-supervisor-waiting = { $count ->
    [0] Niemand wartet
    [one] 1 wartet
   *[other] { $count } warten
}
agent-supervisor-available = { $count ->
    [0] Kein Agent verfügbar
    [one] 1 Agent verfügbar
   *[other] { $count } Agenten verfügbar
}
agent-supervisor-running = { $count ->
    [0] Keine laufenden Chats
    [one] 1 laufender Chat
   *[other] { $count } laufende Chats
}
agent-day-chats = { $count ->
    [one] Chat in 24 Stunden
   *[other] Chats in 24 Stunden
}
agent-day-wait = im Schnitt nach { $time } angenommen
agent-day-hours = Angenommene Chats nach Stunden, über 24 Stunden: { $list }
agent-supervisor-chat = { $name } mit { $agents }
agent-supervisor-more = und { $count } weitere

agent-request-list = Warten auf Antwort
agent-waiting-requests = Wartende Anfragen
agent-filter = Welche Anfragen
agent-filter-mine = Meine Kanäle
agent-filter-all = Alle Kanäle
agent-newer = { $count ->
    [one] neu: anzeigen
   *[other] neu: anzeigen
}
agent-nobody-waits = Niemand wartet.
agent-nobody-waits-mine = In den eigenen Kanälen wartet niemand. Andere warten unter „Alle Kanäle“.
agent-filter-hidden = Ausgeblendet
agent-nothing-hidden = Es ist nichts ausgeblendet.
agent-type = { $is ->
    [personal] An Sie
   *[invitation] Einladung
}
agent-invited-to = zum Chat mit { $name }
agent-invited-to-chat = zu einem Chat
agent-invites-you = { $name } lädt Sie in den Chat mit { $whom } ein
agent-among-agents = Unter Agenten
agent-seen = Gelesen
agent-column-type = Art
agent-column-requester = Anfrage von
agent-column-channel = Kanal
agent-column-waiting = Wartet
agent-column-message = Erste Nachricht
agent-column-action = Aktion
agent-column-with = Mit
agent-column-last = Letzte Nachricht
agent-column-ended = Letzte Änderung
agent-kind = { $is ->
    [public_user] Besucher
    [customer_user] Kunde
   *[agent] Agent
}
agent-role = { $is ->
    [owner] Besitzer
    [participant] Teilnehmer
    [observer] Beobachter
   *[external] Kunde
}
agent-preview = Vorschau der Anfrage von { $name }
agent-decline = Ablehnen
agent-decline-whom = { $is ->
    [invitation] Einladung von { $name } ablehnen
   *[personal] Anfrage von { $name } ablehnen
}
agent-hide-whom = Anfrage von { $name } für mich ausblenden
agent-show-again = Wieder anzeigen
agent-show-again-whom = Anfrage von { $name } wieder anzeigen
agent-join = Beitreten
agent-join-whom = Dem Chat beitreten: Einladung von { $name }
agent-join-as = { $role ->
    [observer] Als Beobachter beitreten
   *[participant] Als Teilnehmer beitreten
}
agent-join-as-hint = { $role ->
    [observer] Lesen und Notizen schreiben; für Kunden unsichtbar
   *[participant] Lesen und schreiben
}
agent-move = Verschieben
agent-move-to = In einen anderen Kanal verschieben
agent-channel-nobody = { $channel } (niemand da)
agent-moved = { $name } wartet jetzt in { $channel }.
agent-moved-running = Der Chat mit { $name } geht in { $channel } weiter.
agent-nobody-there = In den anderen Kanälen ist gerade niemand da.
agent-no-other-channel = Es gibt keinen anderen Kanal, in den Sie verschieben dürfen.
agent-accept = Annehmen
agent-accept-whom = { $name } annehmen
agent-accepted-instead = { $by } hat diesen Chat einen Moment früher angenommen. { $count ->
    [0] Sonst wartet niemand.
    [one] Es wartet noch 1 Person.
   *[other] Es warten noch { $count } Personen.
}
agent-add-channel-short = Hinzufügen
agent-add-channel = { $channel } zu meinen Chat-Kanälen hinzufügen
agent-channel-added = { $channel } gehört jetzt zu den eigenen Chat-Kanälen.
agent-request-gone = Wartet nicht mehr
agent-so-far = Bisher geschrieben
agent-unavailable-reminder = Keine Chat-Verfügbarkeit: Es kommt nichts an.
agent-not-taking = Ohne Chat-Verfügbarkeit lässt sich niemand annehmen.

agent-entry-invited = { $role ->
    [observer] { $you ->
        [yes] Sie haben { $whom } als Beobachter eingeladen
       *[no] { $name } hat { $whom } als Beobachter eingeladen
    }
   *[participant] { $you ->
        [yes] Sie haben { $whom } als Teilnehmer eingeladen
       *[no] { $name } hat { $whom } als Teilnehmer eingeladen
    }
}
agent-entry-with-note = { $what }: „{ $note }“
agent-entry-invitation-declined = { $you ->
    [yes] Sie haben die Einladung abgelehnt
   *[no] { $name } hat die Einladung abgelehnt
}
agent-entry-joined = { $role ->
    [observer] { $you ->
        [yes] Sie sind als Beobachter dabei
       *[no] { $name } ist jetzt als Beobachter dabei
    }
   *[participant] { $you ->
        [yes] Sie sind dabei
       *[no] { $name } ist jetzt dabei
    }
}
agent-entry-left = { $role ->
    [observer] { $you ->
        [yes] Sie beobachten nicht mehr
       *[no] { $name } beobachtet nicht mehr
    }
   *[participant] { $you ->
        [yes] Sie haben den Chat verlassen
       *[no] { $name } hat den Chat verlassen
    }
}
agent-entry-role-changed = { $role ->
    [observer] { $you ->
        [yes] Sie beobachten jetzt nur noch
       *[no] { $name } beobachtet jetzt nur noch
    }
    [owner] { $you ->
        [yes] Der Chat gehört jetzt Ihnen
       *[no] Der Chat gehört jetzt { $name }
    }
   *[participant] { $you ->
        [yes] Sie nehmen jetzt wieder teil
       *[no] { $name } nimmt jetzt wieder teil
    }
}
agent-entry-moved = { $you ->
    [yes] Sie haben den Chat nach { $channel } verschoben
   *[no] { $name } hat den Chat nach { $channel } verschoben
}
agent-entry-attached = { $you ->
    [yes] Sie haben diesen Chat an Ticket { $number } angehängt
   *[no] { $name } hat diesen Chat an Ticket { $number } angehängt
}
agent-entry-mailing = { $self ->
    [yes] { $you ->
        [yes] Sie haben diese Unterhaltung per E-Mail angefordert
       *[no] { $name } hat diese Unterhaltung per E-Mail angefordert
    }
   *[no] { $you ->
        [yes] Sie schicken diese Unterhaltung per E-Mail an { $whom }
       *[no] { $name } schickt diese Unterhaltung per E-Mail an { $whom }
    }
}
agent-entry-missed = Noch nicht gesehen: Es geht per E-Mail an { $whom }
agent-entry-not-mailed = Es ging keine E-Mail hinaus: Es wurde inzwischen gesehen
agent-entry-redacted = Ein Text von { $name } wurde von { $by } entfernt, { $at }
agent-entry-redaction = { $by } hat einen Text entfernt
agent-entry-not-answered = Niemand hat rechtzeitig geantwortet: Die Anfrage ist abgelaufen

agent-chat-with = Chat mit { $name }
agent-history = Nachrichten mit { $name }
agent-channel-with = { $count ->
    [one] { $channel }, mit { $name }
   *[other] { $channel }, mit { $name } und anderen
}
agent-everyone = { $name } und Agenten
agent-message-to = Nachricht an { $name }
agent-here = verbunden
agent-not-here = nicht verbunden
agent-has-left = hat den Chat verlassen
agent-participants = Beteiligte
agent-created = Erstellt
agent-minimise = Minimieren
agent-put-away = Ausblenden
agent-chat-menu = Mehr zu diesem Chat
agent-invite = Einladen
agent-change-channel = Kanal wechseln
agent-to-observer = Nur noch beobachten
agent-to-participant = Wieder teilnehmen
agent-own-window = In eigenem Fenster öffnen
agent-own-window-over = Hier gibt es nichts mehr. Das Fenster kann geschlossen werden.
agent-to-desk = Zum Start
agent-why-observer = Nicht als Beobachter
agent-why-waits = Diesen Chat hat noch niemand angenommen.
agent-why-last = { $among ->
    [yes] Sonst ist niemand mehr hier: bitte schließen
   *[no] Sonst ist kein Agent mehr hier: zuerst einladen oder zurückgeben
}
agent-why-right = Dafür fehlt in diesem Kanal das Recht.
agent-notify = Mitteilungen zu diesem Chat
agent-notify-about = { $is ->
    [off] Aus
    [customer] Nur vom Kunden
   *[all] Alle Nachrichten
}
agent-asked = angefragt
agent-asked-as = { $role ->
    [observer] Als Beobachter eingeladen
    [participant] Als Teilnehmer eingeladen
   *[other] Angefragt
}
agent-customer = Kunde
agent-company = Firma
agent-channel-now = Kanal bisher
agent-waiting-for = Warten auf { $name }
agent-waiting-for-text = { $name } kann annehmen oder ablehnen. Sie können weiterschreiben.
agent-withdraw = Zurückziehen
agent-withdraw-title = Anfrage zurückziehen?
agent-withdraw-text = { $name } wird nicht mehr gefragt. Was Sie geschrieben haben, liegt danach im Archiv.
agent-gone = länger nicht da
agent-conversations = Unterhaltungen
agent-conversations-unread = { $count ->
    [one] 1 ungelesene Nachricht
   *[other] { $count } ungelesene Nachrichten
}

agent-signed-in-as = Auf der Seite angemeldet als
agent-email = E-Mail
agent-customer-no-chats = Keine Chats, die Sie lesen können.
agent-chat-state = { $is ->
    [waits] wartet
    [requested] angefragt
    [closed] geschlossen
   *[open] läuft
}
agent-request-chat = Chat anfragen
agent-request-why-not = { $why ->
    [switched_off] Chats von Agenten mit Kunden sind ausgeschaltet.
    [offline] Im Moment nicht angemeldet. Ein Chat kann angefragt werden, sobald der Kunde wieder da ist.
    [not_allowed] Ihnen fehlt das Recht, Chats zu beginnen. Ihre Administration kann es Ihnen geben.
   *[other] Im Moment nicht verfügbar. Versuchen Sie es später noch einmal.
}
agent-about-ticket = Zu Ticket { $number }
agent-request-chat-with = Chat mit { $name } anfragen
agent-request-message = Erste Nachricht
agent-request-message-missing = Bitte zuerst eine Nachricht schreiben.
agent-request-create = Erstellen
agent-request-hint = { $kind ->
    [customer_user] Die Anfrage erscheint im Kundenportal. Bis sie angenommen ist, lässt sie sich zurückziehen.
   *[agent] Die Anfrage erscheint in der Anfrageliste der Gegenseite. Bis sie angenommen ist, lässt sie sich zurückziehen.
}
agent-request-runs = Es gibt schon einen Chat mit { $name }; sein Fenster ist offen. Ihr Text bleibt hier stehen.
agent-request-channel-usual = Der übliche

agent-invite-title = Jemanden einladen
agent-invite-search = Namen suchen
agent-invite-reload = Liste neu laden
agent-invite-people = Verfügbare Agenten
agent-invite-nobody = Für diesen Chat ist gerade niemand verfügbar. Bitte die Liste gleich noch einmal laden.
agent-invite-no-match = So heißt hier niemand. Bitte weniger Buchstaben versuchen.
agent-invite-as = Kommt als
agent-invite-highest = { $role ->
    [observer] Nur Beobachter
   *[participant] Teilnehmer oder Beobachter
}
agent-invite-observer-only = { $name } darf in diesem Kanal nur beobachten.
agent-invite-note = Notiz dazu (freiwillig)
agent-invite-who = Bitte zuerst jemanden auswählen.
agent-invited = { $name } ist eingeladen.

agent-hand-back = In den Kanal zurückgeben
agent-leave = Chat verlassen
agent-close-chat = Chat schließen
agent-close-title = Chat mit { $name } schließen?
agent-close-text = Danach kann niemand mehr darin schreiben; er liegt im Archiv und lässt sich nicht wieder öffnen.
agent-leave-title = Chat mit { $name } verlassen?
agent-leave-text = Die anderen machen ohne Sie weiter.
agent-hand-back-title = Chat mit { $name } zurückgeben?
agent-hand-back-text = Er wartet wieder in { $channel }, bis jemand ihn annimmt.
agent-hand-back-go = Zurückgeben
agent-handed-back = { $name } wartet wieder in { $channel }.
agent-chat-gone = Dieser Chat ist für Sie nicht mehr sichtbar.
agent-closed = { $reason ->
    [by_external] Von der Gegenseite beendet, { $at }.
    [withdrawn] Anfrage zurückgezogen, { $at }.
    [declined] Anfrage abgelehnt, { $at }.
    [expired] Geschlossen, weil lange nichts passiert ist, { $at }.
    [switched_off] Geschlossen, weil der Chat abgeschaltet wurde, { $at }.
   *[by_agent] Von einem Agenten geschlossen, { $at }.
}
agent-closed-short = geschlossen
agent-waits-in-channel = Wartet in { $channel }, bis jemand annimmt.
agent-read-only = Dieser Chat lässt sich lesen, aber nicht schreiben.

agent-archived-chat = Archivierter Chat
agent-archive-empty = Noch keine geschlossenen Chats. Nach dem Schließen lassen sie sich hier nachlesen.
agent-archive-search = Wörter, Namen oder Ticketnummer suchen
agent-archive-channel = Kanal
agent-archive-all-channels = Alle Kanäle
agent-archive-day = { $end ->
    [from] Beendet ab
   *[to] Beendet bis
}
agent-archive-not-found = Nichts gefunden. Versuchen Sie es mit anderen Wörtern oder weniger Vorgaben.
agent-redact = Diesen Text entfernen
agent-redact-title = Diesen Text für alle entfernen?
agent-redact-text = Er verschwindet aus dem Gespräch, aus der Suche und von jedem Bildschirm und kommt nicht zurück. Dass hier etwas stand und Sie es entfernt haben, bleibt.
agent-redact-do = Text entfernen
agent-show-more = Mehr anzeigen

agent-tickets = Tickets
agent-ticket = Ticket
agent-phone-ticket = Telefonticket
agent-phone-ticket-of-chat = Telefonticket anlegen
agent-new-ticket = Neues Ticket
agent-append = An Ticket anhängen
agent-append-title = An welches Ticket anhängen?
agent-append-search = Nummer, Titel oder Kunde
agent-append-which = Bitte zuerst ein Ticket wählen.
agent-append-type = Geben Sie eine Nummer, einen Teil des Titels oder Login oder E-Mail-Adresse des Kunden ein.
agent-append-none = Kein offenes Ticket passt. Suchen Sie anders, oder legen Sie ein neues an.
agent-append-hint = { $chat ->
    [closes] Was der Kunde lesen darf und was nur für Agenten ist, kommt in zwei Artikel. Dann schließt der Chat.
   *[stays] Was der Kunde lesen darf und was nur für Agenten ist, kommt in zwei Artikel.
}
agent-append-other = Dies ist ein Ticket von { $customer }. Dort ist dann zu lesen, was { $name } gesagt hat.
agent-append-anyway = Trotzdem anhängen
agent-appended = Der Chat steht jetzt im Ticket { $number }.
agent-only-part = Nur einen Teil davon
agent-part-count = { $count ->
    [one] Eine Nachricht kommt in das Ticket.
   *[other] { $count } Nachrichten kommen in das Ticket.
}
agent-part-none = Keine wählen
agent-part-all = Alle wählen
agent-part-missing = Wählen Sie mindestens eine Nachricht, oder nehmen Sie den ganzen Chat.
agent-keep-open = Chat offen lassen
agent-download = Herunterladen
agent-download-title = Den Chat herunterladen
agent-download-as = Als
agent-download-form = { $is ->
    [pdf] PDF
    [html] HTML
    [text] Text
   *[json] JSON
}
agent-download-form-hint = { $is ->
    [pdf] Seiten zum Drucken und Ablegen
    [html] Eine Seite für den Browser
    [text] Nur Worte, für jedes Programm
   *[json] Für Programme, die damit weiterarbeiten
}
agent-download-hint = Der ganze Chat bis jetzt. Darin kann stehen, was Kunden und Besucher nicht sehen.
agent-mail = Per E-Mail senden
agent-mail-title = Den Chat per E-Mail senden
agent-mail-to = An
agent-mail-external = Ohne das, was nur für Agenten ist
agent-mail-agent = Mit dem, was nur für Agenten ist
agent-mail-hint = Der ganze Chat bis jetzt, mit einem PDF. Was daraus wird, steht im Chat.
agent-mail-send = Senden
agent-mail-coming = Die E-Mail ist unterwegs
agent-why-no-mail = Es ist kein Mailserver eingerichtet
agent-note-email = Als E-Mail senden an
agent-note-email-files = Eine E-Mail nimmt keine Dateien mit.
agent-article-mail = { $outcome ->
    [waiting] E-Mail unterwegs an
    [sent] E-Mail gesendet an
    [perhaps] E-Mail vielleicht gesendet an
   *[failed] E-Mail nicht gesendet an
}
agent-tickets-search = In Tickets suchen
agent-tickets-none = Hier sind keine Tickets.
agent-queue = Queue
agent-all-queues = Alle Queues
agent-state = Status
agent-state-open = Nicht geschlossen
agent-state-all = Alle
agent-owner = Besitzer
agent-owner-anybody = Alle
agent-owner-me = Meine
agent-owner-nobody = Niemand
agent-responsible = Verantwortlich
agent-contributed = Beteiligt
agent-ticket-type = Typ
agent-ticket-type-is = { $is ->
    [incident] Störung
    [problem] Problem
    [request] Anfrage
   *[unclassified] Nicht eingeordnet
}
agent-priority = Priorität
agent-priority-is = { $is ->
    [1] sehr niedrig
    [2] niedrig
    [4] hoch
    [5] sehr hoch
   *[other] normal
}
agent-ticket-state = { $is ->
    [new] neu
    [open] offen
    [pending_reminder] wartet, Erinnerung
    [pending_auto_close_successful] wartet, schließt erfolgreich
    [pending_auto_close_unsuccessful] wartet, schließt erfolglos
    [closed_successful] geschlossen, erfolgreich
    [closed_unsuccessful] geschlossen, erfolglos
    [removed] entfernt
   *[merged] zusammengeführt
}
agent-title = Titel
agent-text = Worum es geht
agent-locked = Gesperrt: andere lassen es liegen
agent-pending-until = Bis
agent-pending-when = Bitte angeben, bis wann es wartet.
agent-ticket-facts = Ticket
agent-ticket-why = Ihre Rechte an dieser Queue erlauben es nicht.
agent-ticket-times = Angelegt { $created }, geändert { $changed }
agent-ticket-changed = Das Ticket ist geändert.
agent-ticket-customer = Kunde
agent-customer-nobody = Niemand
agent-ticket-nobody = Noch hat kein Agent damit zu tun.
agent-ticket-history = Verlauf
agent-ticket-event = { $is ->
    [new_ticket] { $name } hat das Ticket angelegt
    [phone_call_customer] { $name } hat einen Anruf aufgeschrieben
    [web_request_customer] { $name } hat im Web geschrieben
    [follow_up] { $name } hat mehr geschrieben
    [add_note] { $name } hat eine Notiz geschrieben
    [chat] { $name } hat einen Chat hierhergelegt
    [move] { $name } hat es von { $old } nach { $new } verschoben
    [owner_update] { $name } hat { $new } zum Besitzer gemacht, zuvor: { $old }
    [responsible_update] { $name } hat { $new } verantwortlich gemacht, zuvor: { $old }
    [priority_update] { $name } hat die Priorität von { $old } auf { $new } geändert
    [state_update] { $name } hat den Status von { $old } auf { $new } geändert
    [set_pending_time] { $name } lässt es warten bis { $new }
    [title_update] { $name } hat den Titel von { $old } auf { $new } geändert
    [type_update] { $name } hat den Typ von { $old } auf { $new } geändert
    [lock] { $name } hat es gesperrt
    [unlock] { $name } hat es entsperrt
    [send_answer] { $name } hat eine Antwort per E-Mail gesendet
    [attach_file] { $name } hat { $new } angehängt
   *[other] { $name } hat es geändert
}
agent-articles = Artikel
agent-articles-earlier = Frühere Artikel
agent-article-channel = { $is ->
    [phone] Telefon
    [internal] Notiz
    [email_out] E-Mail
    [web] Web
   *[chat] Chat
}
agent-article-visible = Kunde liest es
agent-article-chat = Archivierten Chat öffnen
agent-reply = Antworten
agent-ticket-move = Verschieben
agent-reply-to = Antwort an { $name }
agent-reply-write = Antwort senden
agent-reply-written = Die Antwort steht im Ticket.
agent-by-email = E-Mail
agent-my-tickets = Meine offenen Tickets
agent-my-tickets-all = Alle anzeigen
agent-my-tickets-none = Ihnen gehören keine offenen Tickets.
agent-number = Nummer
agent-search = Suche
agent-search-all = Tickets, Chats und Personen suchen
agent-search-type = Geben Sie ein, was Sie suchen.
agent-customers = Kunden
agent-archived-chats = Beendete Chats
agent-note = Notiz
agent-note-write = Notiz hinzufügen
agent-note-visible = Der Kunde darf sie lesen
agent-note-written = Die Notiz steht im Ticket.
agent-ticket-for = Für wen
agent-ticket-for-kind = { $is ->
    [person] Kundenbenutzer
    [address] Jemand ohne Anmeldung
   *[nobody] Niemand
}
agent-customer-search = Name, Adresse oder Firma
agent-customer-not-found = Niemand passt.
agent-customer-missing = Bitte wählen, für wen das Ticket ist.
agent-title-missing = Bitte dem Ticket einen Titel geben.
agent-text-missing = Bitte angeben, worum es geht.
agent-no-queue = Es gibt keine Queue, in der Sie Tickets anlegen dürfen. Fragen Sie die Administration.
agent-ticket-with-chat = { $chat ->
    [closes] Der Chat kommt als zweiter Artikel ins Ticket und schließt dann.
   *[stays] Der Chat kommt als zweiter Artikel ins Ticket.
}
agent-ticket-make = Ticket anlegen
agent-ticket-made = Ticket { $number } ist angelegt.

agent-sign-in = Anmelden
agent-sign-in-text = Anmeldung für Agenten des Helpdesks.
agent-login = Benutzername
agent-password = Passwort
agent-signed-out-here = Sie sind abgemeldet.
agent-signed-out-elsewhere = Die Sitzung ist beendet. Nach erneuter Anmeldung ist alles Getippte noch da.
agent-setup = Deskbell einrichten
agent-setup-text = Es entsteht der erste Agent, mit dem Recht zur Administration.
agent-setup-code = Einrichtungscode
agent-setup-code-hint = Deskbell hat ihn beim Start ausgegeben.
agent-name = Name
agent-name-hint = So sehen ihn Kollegen und Kunden.
agent-password-hint = Mindestens 10 Zeichen.
agent-setup-go = Beginnen

agent-keys = Tastatur
agent-key-on = an
agent-key-name = { $is ->
    [enter] Enter
    [shift-enter] Umschalt + Enter
    [escape] Esc
    [search] Strg K
   *[arrows] ↑ ↓
}
agent-key-does = { $is ->
    [enter] Senden
    [shift-enter] Neue Zeile
    [escape] Oberstes schließen
    [search] Alles durchsuchen
    [arrows] In Listen und Menüs bewegen
    [sheet] Diese Übersicht
    [chats] Wer wartet
    [home] Start
   *[archive] Archiv
}

agent-notice-personal = { $name } bittet Sie um einen Chat
agent-notice-invitation = { $name } lädt Sie in einen Chat ein
agent-notice-test = So sieht eine Mitteilung aus
agent-notice-test-body = Auf diese Weise meldet Deskbell, dass jemand wartet.
agent-notice-request = { $name } wartet in { $channel }

## Dates and times that the server writes. Days, years, hours and minutes come as digits.

time-weekday = { $n ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}
time-month = { $n ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
time-day = { $weekday }, { $day }. { $month } { $year }
time-clock = { $hour }:{ $minute }
time-moment = { $day }, { $clock } Uhr ({ $offset })

## Transcripts: text, HTML, PDF

transcript-title = Chat in { $channel }
transcript-for-agents = Nur für Agenten: Hier kann stehen, was Kunden und Besucher nicht sehen.
transcript-channel = Kanal
transcript-people = Personen
transcript-person = { $name } ({ $what })
transcript-person-of = { $name }, { $company } ({ $what })
transcript-ticket = Ticket
transcript-began = Beginn
transcript-ended = Ende
transcript-so-far = Letzter Eintrag bisher
transcript-zone = Zeitzone
transcript-earlier = { $count ->
    [one] 1 früherer Eintrag steht nicht in diesem Protokoll.
   *[other] { $count } frühere Einträge stehen nicht in diesem Protokoll.
}
transcript-decimal = ,
transcript-redacted = Dieser Text wurde entfernt.
transcript-redacted-by = Dieser Text wurde von { $by } entfernt: { $at }.
transcript-page = { $page } von { $pages }

## Refusals, by the code of the problem

problem-not_found = Das gibt es nicht, oder Sie sehen es nicht.
problem-empty_text = Es steht noch nichts darin. Bitte zuerst etwas schreiben.
problem-too_long = Der Text ist zu lang: Es passen { $limit } Zeichen. Bitte kürzen oder in Teilen senden.
problem-already_taken = { $by } hat diesen Chat zuerst angenommen.
problem-chat_closed = Dieser Chat ist geschlossen. Ihr Text bleibt erhalten.
problem-not_accepted = Diesen Chat hat noch niemand angenommen.
problem-not_allowed = Dafür fehlt hier das Recht. Die Administration kann es geben.
problem-you_are_unavailable = Es ist eingestellt, dass keine Chats angenommen werden. Bitte zuerst verfügbar machen.
problem-would_leave_alone = Sonst ist kein Agent mehr hier. Bitte den Chat schließen oder in den Kanal zurückgeben.
problem-not_offered = Hier kann kein Chat begonnen werden.
problem-nobody_available = Im Moment ist niemand frei. Ihr Text bleibt erhalten.
problem-it_is_you = Das sind Sie selbst. Bitte jemand anderen wählen.
problem-already_in = Diese Person ist schon im Chat.
problem-already_invited = Diese Person ist schon eingeladen und hat noch nicht geantwortet. Bitte kurz warten oder jemand anderen einladen.
problem-person_unavailable = Diese Person ist gerade nicht verfügbar. Bitte später noch einmal versuchen oder jemand anderen fragen.
problem-person_not_allowed = Diese Person hat in diesem Kanal kein Recht. Bitte jemand anderen einladen oder den Kanal wechseln.
problem-role_too_high = So weit reicht das Recht in diesem Kanal nicht. Bitte als Beobachter, oder die Administration fragen.
problem-not_invited = Diese Einladung gibt es nicht mehr. Bitte erneut einladen lassen.
problem-nothing_changes = Es ist schon so. Nichts wurde geändert.
problem-ticket_closed = Dieses Ticket ist geschlossen. Wählen Sie ein anderes, oder öffnen Sie es erst wieder.
problem-other_customer = Dieses Ticket gehört nicht dem Kunden aus diesem Chat, und wem es gehört, der könnte lesen, was gesagt wurde. Wählen Sie ein anderes, oder hängen Sie den Chat trotzdem an.
problem-in_ticket_already = Dieses Gespräch steht schon ganz im Ticket. Es kam nichts dazu.
problem-desk_unreachable = Das Ticketsystem ist nicht erreichbar{ $told }. Diesmal wurde dort nichts gespeichert. Versuchen Sie es gleich noch einmal.
problem-desk_sign_in = Das Ticketsystem lässt Deskbell nicht hinein{ $told }. Dort wurde nichts gespeichert. Sagen Sie Ihrer Administration Bescheid.
problem-desk_no_right = Das Ticketsystem erlaubt das nicht{ $told }. Wählen Sie ein anderes Ticket oder eine andere Queue, oder sagen Sie Ihrer Administration Bescheid.
problem-desk_refused = Das Ticketsystem hat das abgelehnt{ $told }. Ändern Sie, was ihm nicht passt, oder wählen Sie ein anderes Ticket oder eine andere Queue.
problem-desk_unfit = So kann das nicht ins Ticketsystem{ $told }. Ändern Sie das, und versuchen Sie es noch einmal.
problem-desk_unclear = Das Ticketsystem hat nicht klar geantwortet{ $told }. Ob es den Chat hat, ist nicht bekannt. Versuchen Sie es noch einmal: Es wird erst nachgesehen und nichts doppelt gespeichert.
problem-desk_incomplete = Ticket { $by } ist angelegt, aber noch nicht mit dem ganzen Chat{ $told }. Versuchen Sie es noch einmal: Was fehlt, kommt dazu, und nichts doppelt.
problem-tickets_elsewhere = Die Tickets sind im verbundenen Ticketsystem. Suchen Sie dort danach.
problem-lock_first = Dieses Ticket ist nicht für Sie gesperrt. Sperren Sie es zuerst, und beginnen Sie dann den Chat.
problem-changed_meanwhile = Jemand hat das inzwischen geändert. Sehen Sie nach, wie es jetzt ist, und ändern Sie es noch einmal.
problem-mail_off = Hier ist kein Mailserver eingerichtet. Fragen Sie Ihre Administration, oder nehmen Sie es als Datei mit.
problem-no_address = Es gibt keine E-Mail-Adresse, an die es gehen könnte. Bitte prüfen oder die Administration fragen.
problem-mail_capped = Es wurde so oft verschickt, wie es geht. Sehen Sie in Ihr Postfach, oder nehmen Sie es als Datei mit.
problem-file_empty = In dieser Datei steht nichts. Bitte eine andere wählen.
problem-file_too_large = Diese Datei ist zu groß: Höchstens 20 MB sind möglich.
problem-file_not_whole = Die Datei ist nicht vollständig angekommen. Bitte erneut versuchen.
problem-file_too_slow = Die Datei kam zu langsam an. Bitte mit besserer Verbindung erneut versuchen.
problem-file_type = Dateien dieser Art lassen sich hier nicht senden. Möglich sind Bilder, PDF, Texte, Office-Dokumente, Ton, Video und ZIP-Archive.
problem-picture_too_large = Dieses Bild hat zu viele Bildpunkte: Höchstens 40 Millionen sind möglich. Bitte verkleinern und erneut senden.
problem-files_too_many = An diesem Text hängen so viele Dateien, wie er haben darf. Schreiben Sie einen weiteren und hängen Sie sie dort an.
problem-files_over_day = Das ist mehr, als eine Person an einem Tag senden kann. Bitte morgen erneut versuchen.
problem-file_not_stored = Die Datei ließ sich auf unserer Seite nicht speichern und wurde nicht gesendet. Bitte später erneut versuchen.
problem-file_gone = Diese Datei ist gerade nicht erreichbar. Bitte später erneut versuchen.
problem-cid_reused = So ließ sich das nicht senden. Bitte den Text kopieren und neu senden.
problem-signed_out = Sie sind nicht mehr angemeldet. Nach erneuter Anmeldung ist alles Getippte noch da.
problem-wrong_login = Benutzername und Passwort passen nicht zusammen. Bitte beides prüfen.
problem-wrong_setup_code = Dieser Einrichtungscode gilt nicht. Es zählt der, den Deskbell beim letzten Start ausgegeben hat.
problem-second_factor_needed = Dieses Konto hat einen zweiten Faktor. Geben Sie den Code ein, den Ihr Gerät jetzt zeigt, oder einen Wiederherstellungscode.
problem-wrong_code = Dieser Code gilt nicht oder wurde schon benutzt. Warten Sie auf den nächsten, oder geben Sie einen Wiederherstellungscode ein.
problem-second_factor_owed = Ihre Rechte verlangen einen zweiten Faktor. Richten Sie zuerst einen ein; dann ist alles da.
problem-second_factor_required = Ihre Rechte verlangen einen zweiten Faktor. Richten Sie stattdessen einen anderen an seiner Stelle ein.
problem-second_factor_unreadable = Codes lassen sich hier gerade nicht prüfen. Benutzen Sie einen Wiederherstellungscode, und sagen Sie es dem Betreiber.
problem-link_gone = Dieser Link wurde benutzt, oder seine Zeit ist um. Fordern Sie einen neuen an.
problem-unidentified = Diese Seite konnte nicht zeigen, wer Sie sind. Laden Sie sie neu, oder schreiben Sie ohne das.
problem-unfit_picture = Dieses Bild wird nicht angenommen. Bitte ein anderes wählen.
problem-unfit_password = Ein Passwort hat mindestens 10 Zeichen und höchstens 256 Byte. Bitte ein anderes wählen.
problem-unfit_days = Diese Tage oder diese Zeitzone sind so nicht möglich. Bitte prüfen und erneut speichern.
problem-last_administrator = Jemand muss übrig bleiben, der verwaltet. Geben Sie dieses Recht erst jemand anderem.
problem-taken = Dieser Name ist schon vergeben. Bitte einen anderen wählen.
problem-foreign_page = Diese Seite ist nicht unter ihrer eigenen Adresse geöffnet. Bitte dort öffnen und erneut versuchen.
problem-bad_input = Der Server hat das nicht verstanden. Bitte die Seite neu laden.
problem-too_many = Das war viel in kurzer Zeit. Bitte einen Moment warten und erneut versuchen.
problem-busy = Der Server ist gerade ausgelastet; es wurde nichts geändert. Bitte gleich noch einmal versuchen.
problem-unknown = Es steht noch nicht fest, ob das gespeichert wurde. Bitte erneut versuchen: Es wird nur einmal gespeichert.
problem-unavailable = Der Server erreicht seine Daten gerade nicht. Bitte gleich noch einmal versuchen.
problem-too_large = Das ist zu viel auf einmal. Bitte in Teilen senden.
problem-internal = Auf unserer Seite ist etwas schiefgegangen; es wurde vermerkt. Bitte gleich noch einmal versuchen.
problem-unreachable = Der Server ist nicht erreichbar. Bitte die Verbindung prüfen und erneut versuchen.

## Das eigene Konto

account-profile = Profil
account-name = Name
account-name-hint = So sehen Sie Kolleginnen und Kollegen, und Kunden, wo kein Alias gesetzt ist.
account-language = Sprache
account-zone = Zeitzone
account-dates = Datum
account-as-browser = Wie im Browser
account-dates-as = { $is ->
        [day_first] 31.12.2026
        [month_first] 12/31/2026
       *[iso] 2026-12-31
    }
account-save = Speichern
account-saved = Gespeichert. Es gilt auf allen Ihren Geräten.
account-picture = Ein Bild von Ihnen
account-picture-choose = Bild wählen …
account-picture-remove = Entfernen
account-picture-hint = Kolleginnen und Kollegen sehen es, und wenn es nicht abgeschaltet ist, auch alle, mit denen Sie chatten. Es wird hier zum Quadrat beschnitten; sonst wird nichts aus der Datei gesendet.
account-picture-hint-customer = Unser Team sieht es. Es wird hier zum Quadrat beschnitten; sonst wird nichts aus der Datei gesendet.
account-password = Passwort
account-password-own = Ihr Passwort
account-password-old = Ihr jetziges Passwort
account-password-new = Neues Passwort
account-password-hint = Mindestens 10 Zeichen; mehrere Wörter merkt man sich leicht.
account-password-change = Passwort ändern
account-password-changed = Ihr Passwort ist geändert. Sie sind überall sonst abgemeldet.
account-sessions = Wo Sie angemeldet sind
account-sessions-why = Eine Sitzung endet von selbst 12 Stunden nach ihrer letzten Benutzung. Beenden Sie eine, die nicht Ihre ist, und ändern Sie Ihr Passwort.
account-session-where = { $browser } auf { $system }
account-session-unknown = Ein unbekanntes Programm
account-session-here = Diese
account-session-seen = Zuletzt benutzt: { $at }
account-session-made = Angemeldet: { $at }
account-session-end = Beenden
account-session-end-of = Sitzung beenden: { $where }
account-session-sign-out = Abmelden
account-session-ended = Die Sitzung ist beendet: { $where }.
account-sessions-end = Alle anderen beenden
account-sessions-ended = Sie sind überall sonst abgemeldet.
account-factor = Zweiter Faktor
account-factor-why = Ein Code von Ihrem Telefon oder einem anderen Gerät, nach dem nach dem Passwort gefragt wird: Wer Ihr Passwort erfährt, kommt damit allein nicht hinein.
account-factor-none = Sie haben keinen.
account-factor-set = Eingerichtet am { $at }. { $codes ->
        [one] Ein Wiederherstellungscode ist noch übrig.
       *[other] { $codes } Wiederherstellungscodes sind noch übrig.
    }
account-factor-few = { $codes ->
        [0] Sie haben keinen Wiederherstellungscode mehr. Machen Sie neue, damit Sie auch ohne Ihr Gerät hineinkommen.
        [one] Sie haben noch einen Wiederherstellungscode. Machen Sie neue, damit Sie auch ohne Ihr Gerät hineinkommen.
       *[other] Sie haben nur noch { $codes } Wiederherstellungscodes. Machen Sie neue, damit Sie auch ohne Ihr Gerät hineinkommen.
    }
account-factor-begin = Einrichten …
account-factor-other = Auf einem anderen Gerät einrichten …
account-factor-remove = Entfernen …
account-factor-removed = Sie haben keinen zweiten Faktor mehr. Sie sind überall sonst abgemeldet.
account-factor-required = Ihre Rechte verlangen einen zweiten Faktor. Richten Sie ihn stattdessen auf einem anderen Gerät ein.
account-prove = { $for ->
        [codes] Neue Wiederherstellungscodes treten an die Stelle der alten. Zeigen Sie zuerst, dass Sie es sind.
        [remove] Ohne zweiten Faktor lässt allein Ihr Passwort jemanden hinein. Zeigen Sie zuerst, dass Sie es sind.
       *[set] Zeigen Sie zuerst, dass Sie es sind.
    }
account-go-on = Weiter
account-cancel = Abbrechen
account-back = Zurück zur Anmeldung
account-again = Noch einmal versuchen
account-code = Code
account-code-hint = Die sechs Ziffern, die Ihr Gerät jetzt zeigt, oder ein Wiederherstellungscode.
account-factor-scan = Öffnen Sie auf Ihrem Gerät eine Authenticator-App und scannen Sie dies:
account-factor-qr = QR-Code mit dem Geheimnis für Ihr Gerät
account-factor-type = Oder tippen Sie dort dieses Geheimnis ein:
account-factor-here = In einer App auf diesem Gerät öffnen
account-factor-confirm = Die sechs Ziffern, die es jetzt zeigt
account-factor-set-up = Einrichten
account-codes = Wiederherstellungscodes
account-codes-told = Er ist eingerichtet. Bewahren Sie diese Wiederherstellungscodes dort auf, wo Sie sie auch ohne Ihr Gerät finden: Jeder lässt Sie einmal anstelle eines Codes hinein. Sie werden nicht noch einmal gezeigt.
account-codes-new = Neue Wiederherstellungscodes …
account-codes-kept = Ich habe sie aufbewahrt
account-codes-kept-said = Ihr zweiter Faktor ist eingerichtet. Sie sind überall sonst abgemeldet.
account-codes-save = Als Datei speichern
account-owed = { $name }, Ihre Rechte verlangen einen zweiten Faktor
account-owed-why = Richten Sie jetzt einen ein; dann ist alles da. Sie brauchen ein Telefon oder ein anderes Gerät mit einer Authenticator-App.
account-link = { $for ->
        [invitation] Wählen Sie Ihr Passwort
       *[reset] Wählen Sie ein neues Passwort
    }
account-link-looking = Einen Moment …
account-link-text = { $for ->
        [invitation] Guten Tag { $name }. Ihr Benutzername ist { $login }. Wählen Sie das Passwort, mit dem Sie sich anmelden werden.
       *[reset] Guten Tag { $name }. Wählen Sie ein neues Passwort für Ihren Benutzernamen { $login }. Sie werden überall abgemeldet.
    }
account-link-until = Der Link gilt bis { $at }.
account-link-set = Passwort setzen
account-link-gone = Dieser Link wurde benutzt, oder seine Zeit ist um. Fordern Sie einen neuen an, oder fragen Sie, wer Sie eingeladen hat.
account-forgotten = Passwort vergessen?
account-forgotten-text = Nennen Sie Ihren Benutzernamen oder Ihre E-Mail-Adresse. Sie bekommen einen Brief mit einem Link, über den Sie ein neues wählen.
account-forgotten-who = Benutzername oder E-Mail-Adresse
account-forgotten-send = Link schicken
account-forgotten-done = Wenn es dazu ein Konto mit einer E-Mail-Adresse gibt, ist ein Brief dorthin unterwegs. Der Link darin gilt 30 Minuten. Sehen Sie auch im Spam-Ordner nach.

## E-Mail

mail-question-subject = Ihre Unterhaltung per E-Mail?
mail-question-text =
    Jemand, vermutlich Sie, hat darum gebeten, eine Unterhaltung an diese Adresse zu schicken.

    Wenn Sie das waren, öffnen Sie diese Seite und bestätigen Sie es:

    { $link }

    Der Link gilt { $hours } Stunden. Wenn Sie es nicht waren, tun Sie nichts: Es wird nichts weiter geschickt.

    Diesen Brief hat der Chat unter { $desk } geschrieben
mail-reset-subject = Ein neues Passwort für { $login }
mail-reset-text =
    Jemand hat ein neues Passwort für das Konto { $login } bei { $desk } angefordert. Wenn Sie das waren, wählen Sie es hier:

    { $link }

    Der Link gilt einmal und { $minutes } Minuten lang.

    Wenn Sie es nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.
mail-invitation-subject = Wählen Sie Ihr Passwort
mail-invitation-text =
    Guten Tag { $name }, Sie haben ein Konto bei { $desk }. Ihr Benutzername ist { $login }. Wählen Sie hier Ihr Passwort:

    { $link }

    Der Link gilt einmal und { $hours } Stunden lang. Ist er abgelaufen, bitten Sie um einen neuen, wo man Sie eingeladen hat.
mail-unseen-subject = { $count ->
    [one] Eine Nachricht für Sie: { $channel }
   *[other] { $count } Nachrichten für Sie: { $channel }
}
mail-unseen-text = Das haben Sie in Ihrer Unterhaltung noch nicht gesehen:
mail-unseen-by = { $name } schrieb:
mail-unseen-answer =
    Um alles zu lesen und zu antworten, öffnen Sie die Unterhaltung:
    { $link }
mail-unseen-answer-link = Unterhaltung öffnen und antworten
mail-unseen-stop =
    Wenn Sie keine E-Mails mehr über Nachrichten wollen, die Sie noch nicht gesehen haben:
    { $link }
mail-unseen-stop-link = Keine E-Mails mehr über Nachrichten, die ich noch nicht gesehen habe
mail-test-subject = Ein Brief von Deskbell
mail-test-text = Wenn Sie das lesen, stellt der Mailserver, den Deskbell benutzt, die Briefe zu.
mail-page-title = Ihre Unterhaltung per E-Mail
mail-page-text = Soll die Unterhaltung an die Adresse geschickt werden, an der Sie diesen Link gefunden haben?
mail-page-send = Ja, schicken
mail-page-done = Sie ist unterwegs. Sie können diese Seite schließen.
mail-page-gone = Dieser Link gilt nicht oder nicht mehr. Fordern Sie die Unterhaltung dort noch einmal an, wo Sie sie geführt haben.
mail-stop-title = E-Mails über ungesehene Nachrichten
mail-stop-text = Möchten Sie keine E-Mails mehr über Nachrichten, die Sie noch nicht gesehen haben?
mail-stop-send = Beenden
mail-stop-done = Es werden keine mehr geschickt. Sie können diese Seite schließen.
mail-stop-again = Wieder schicken
mail-stop-again-done = Ab jetzt werden sie wieder geschickt. Sie können diese Seite schließen.
mail-stop-gone = Dieser Link gilt nicht oder nicht mehr. In einer neueren E-Mail steht ein neuer.
mail-page-later = Der Dienst ist gerade nicht zu erreichen. Versuchen Sie es gleich noch einmal.

### What administrators read

admin-title = Verwaltung
admin-parts = Teile der Verwaltung
admin-begin = Erste Schritte
admin-begin-why = Was ein Helpdesk vor dem ersten Chat braucht. Alles lässt sich jederzeit hier und in den anderen Teilen ändern.
admin-begin-matters = Worauf es ankommt
admin-begin-title = Wie Ihr Helpdesk heißt
admin-begin-title-hint = Steht auf seinen Seiten und über dem Chat, etwa Skerry Ferries.
admin-begin-site = Ihre Website
admin-begin-site-hint = Mit https:// und ohne Pfad; leer, wenn es nur die Seite von Deskbell gibt.
admin-begin-who = Wer chatten darf
admin-begin-needs = Geben Sie ein, wie Ihr Helpdesk heißt.
admin-begin-save = Speichern und ausprobieren
admin-begin-done = Gespeichert. Probieren Sie es unten aus: Läuten Sie und schreiben Sie etwas.
admin-begin-try = Ausprobieren
admin-begin-reached = Deskbell ist unter { $address } erreichbar. Wer es betreibt, stellt das als public_url ein.
admin-begin-next = Wie es weitergeht
admin-begin-agents = Agenten hinzufügen, die antworten
admin-begin-channels = Festlegen, wann Kanäle offen sind und was sie sagen
admin-begin-customers = Kundenbenutzer hinzufügen, die sich im Portal anmelden
admin-sessions = Sitzungen
admin-sessions-why = Wer wo angemeldet ist. Eine Sitzung zu beenden meldet ihren Browser sofort ab; Chats eines Agenten, der sonst nirgends angemeldet ist, warten nach einer Weile wieder.
admin-find-session = Person nach Name, Benutzername oder E-Mail-Adresse suchen
admin-no-session = Niemand mit diesem Namen ist angemeldet.
admin-session-person = Person
admin-session-agent = Agent
admin-session-customer = Kunde
admin-session-where = Wo
admin-session-browser = { $browser } auf { $system }
admin-session-unknown = Ein unbekanntes Programm
admin-session-made = Angemeldet
admin-session-seen = Zuletzt benutzt
admin-session-end = Beenden
admin-session-end-of = Sitzung von { $name } beenden: { $where }
admin-session-end-title = Diese Sitzung von { $name } beenden?
admin-session-end-text = { $name } wird dort sofort abgemeldet ({ $where }) und kann sich wieder anmelden.
admin-session-ended = Die Sitzung von { $name } ist beendet: { $where }.
admin-sessions-end = Alle Sitzungen beenden
admin-sessions-ended = { $name } ist überall abgemeldet.
admin-guards = Zweiter Faktor
admin-guards-why = Agenten, die ein Recht an einer dieser Gruppen haben, brauchen einen zweiten Faktor. Wer keinen hat, wird sofort danach gefragt, vor allem anderen; auch Sie.
admin-factor-set = Ein zweiter Faktor ist eingerichtet.
admin-factor-none = Kein zweiter Faktor.
admin-factor-remove = Zweiten Faktor wegnehmen
admin-factor-removed = { $name } hat keinen zweiten Faktor mehr und ist überall abgemeldet.
admin-invited = Wählt das Passwort über einen Link
admin-doors = Wie { $name } sich anmeldet
admin-doors-why = Ein Link, über den { $name } ein Passwort wählt, gilt einmal. Die Sitzungen zu beenden meldet { $name } sofort ab.
admin-link-make = Link zum Wählen eines Passworts
admin-link-why = Gilt einmal, 72 Stunden lang. Bis dahin bleibt das Passwort.
admin-link-waits = Es gibt noch kein Passwort: Ohne Link meldet sich niemand an.
admin-link-told = Geben Sie diesen Link an { $name } weiter. Er gilt einmal, { $hours } Stunden lang, und wird nicht noch einmal gezeigt.
admin-link-mail = Per E-Mail an { $address }
admin-link-mailed = Ein Brief mit einem Link ist unterwegs an { $name }. Er gilt einmal, { $hours } Stunden lang; vorher kopierte Links gelten nicht mehr.
admin-copy = Kopieren
admin-copied = Kopiert.
admin-settings = Einstellungen
admin-log = Änderungsprotokoll
admin-find-setting = Einstellung finden
admin-no-setting = Keine Einstellung passt zu „{ $q }“.
admin-only-changed = Nur geänderte
admin-section = { $of ->
    [chat] Chat
    [agents] Agenten
    [waiting] Warten
    [mail] E-Mail
    [look] Aussehen
   *[limits] Grenzen
}
admin-seconds = Sekunden
admin-span = das sind { $span }
admin-bounds = { $min } bis { $max }, Standard { $default }
admin-default = Standard: { $default }
admin-default-empty = Standard: leer
admin-save-setting = Speichern: { $name }
admin-discard = Verwerfen
admin-reset = Auf Standard setzen
admin-reset-setting = Auf Standard setzen: { $name }
admin-saved = Gespeichert: { $name }
admin-on = an
admin-off = aus
admin-out-of-bounds = Geben Sie eine ganze Zahl von { $min } bis { $max } ein.
admin-changed-by-other = Jemand anderes hat das inzwischen geändert. Es ist jetzt { $value }; Ihre Eingabe ist noch da.
admin-history = Verlauf
admin-history-of = Verlauf: { $name }
admin-no-history = Es wurde nie geändert.
admin-set-back = Zurücksetzen auf { $value }
admin-as-text = Als Text sichern oder anwenden
admin-text = Einstellungen als Text
admin-text-hint = TOML: eine Zeile für jede Einstellung, die nicht den Standard haben soll. Sichern Sie es, oder ändern Sie es hier und sehen Sie, was es bewirkt.
admin-download = Herunterladen
admin-plan = Was würde sich ändern?
admin-apply = Alles anwenden
admin-plan-none = Nichts würde sich ändern.
admin-plan-count = { $count ->
    [one] Eine Einstellung würde sich ändern.
   *[other] { $count } Einstellungen würden sich ändern.
}
admin-applied = { $count ->
    [one] Eine Einstellung ist geändert.
   *[other] { $count } Einstellungen sind geändert.
}
admin-plan-problems = Das lässt sich nicht anwenden:
admin-when = Wann
admin-who = Wer
admin-what = Was
admin-before = Vorher
admin-after = Nachher
admin-command-line = Kommandozeile
admin-nothing = —
admin-log-empty = Es wurde noch nichts geändert.
admin-log-why = Jede Änderung von Einstellungen, Konten, Rechten, Kanälen, Queues und Snippets. Jeder Eintrag versiegelt den vorigen: deskbell verify merkt, wenn einer verändert wurde.
admin-kind = { $of ->
    [setting] Einstellung
    [agent] Agent
    [customer_user] Kundenbenutzer
    [public_user] Besucher
    [group] Gruppe
    [role] Rolle
    [channel] Chat-Kanal
    [queue] Queue
    [look] Aussehen
    [snippet] Snippet
    [company] Firma
    [letter] E-Mail
   *[other] { $of }
}
admin-gone = nicht mehr vorhanden
admin-channels = Chat-Kanäle
admin-channels-why = Ein Kanal gehört zu einer Gruppe: Die Rechte an der Gruppe sind die Rechte am Kanal. Besucher und Kunden sehen die, die für sie verfügbar sind.
admin-channel-new = Neuer Kanal
admin-channel = Kanal
admin-channel-change = Kanal ändern: { $name }
admin-change = Ändern
admin-name = Name
admin-group = Gruppe
admin-for = Verfügbar für
admin-for-customers = Kundenbenutzer
admin-for-visitors = Besucher
admin-for-agents = Nur Agenten
admin-reply-target = Antwort innerhalb (Sekunden)
admin-retention = Beendete Chats aufbewahren (Tage)
admin-retention-hint = 0 bewahrt sie für immer auf. Ältere verschwinden innerhalb einer Stunde.
admin-kept-for-ever = für immer
admin-kept-days = { $count ->
    [one] einen Tag
   *[other] { $count } Tage
}
admin-kept = Aufbewahrt
admin-valid = Gültig
admin-invalid = ungültig
admin-is-default = Standard
admin-used-by = Wo er verwendet wird: { $names }
admin-needs-name = Geben Sie einen Namen ein.
admin-agents = Agenten
admin-find-agent = Agenten finden
admin-no-agent = Niemand passt zu „{ $q }“.
admin-agent-new = Neuer Agent
admin-agent-change = Agenten ändern: { $name }
admin-agent = Agent
admin-login = Benutzername
admin-email = E-Mail-Adresse
admin-roles = Rollen
admin-no-roles = Es gibt noch keine Rollen.
admin-own-keys = Rechte nur dieses Agenten
admin-own-keys-why = Neben denen der Rollen. Was angekreuzt wird, wirkt sofort.
admin-valid-agent = Gültig: darf sich anmelden
admin-password-new = Neues Passwort
admin-password-told = Das Passwort von { $name }, nur dieses Mal angezeigt:
admin-password-pass-on = Geben Sie es sicher weiter; nach dem Anmelden lässt es sich ändern.
admin-password-ends = Meldet { $name } überall ab.
admin-needs-login = Geben Sie einen Benutzernamen und einen Namen ein.
admin-customers = Kundenbenutzer
admin-find-customer = Kundenbenutzer suchen
admin-no-customer = Niemand passt zu „{ $q }“.
admin-no-customers = Es gibt noch keine Kundenbenutzer.
admin-customer-new = Neuer Kundenbenutzer
admin-customer-change = Kundenbenutzer ändern: { $name }
admin-customer = Kundenbenutzer
admin-company = Firma
admin-company-hint = Kollegen sehen die Tickets der anderen. Ein neuer Name legt eine neue Firma an.
admin-companies = Firmen
admin-companies-why = Kundenbenutzer einer Firma sehen die Tickets von allen. Eine Firma entsteht mit dem ersten Kundenbenutzer, der sie nennt.
admin-find-company = Firma suchen
admin-no-company = Keine Firma passt zu „{ $q }“.
admin-no-companies = Es gibt noch keine Firmen.
admin-company-change = Firma ändern: { $name }
admin-valid-company = Gültig: kann für Kundenbenutzer gewählt werden
admin-people = Kundenbenutzer
admin-queues = Queues
admin-queues-why = Eine Queue gehört zu einer Gruppe: Die Rechte an der Gruppe sind die Rechte an ihren Tickets. Chats zu ihren Tickets gehen in ihren Kanal.
admin-queue = Queue
admin-queue-new = Neue Queue
admin-queue-change = Queue ändern: { $name }
admin-queue-channel = Chat-Kanal
admin-no-channel = Keiner
admin-comment = Kommentar für Administratoren
admin-hours = Zeiten
admin-hours-always = Immer
admin-hours-some = Zu festen Zeiten
admin-hours-hint = Wie 9:00–12:00, 13:00–17:00. Nichts an einem Tag ohne.
admin-hours-none = geschlossen
admin-hours-unclear = { $day }: Geben Sie Zeiten als 9:00–12:00, 13:00–17:00 ein, eine nach der anderen.
admin-zone = Zeitzone
admin-holidays = Feiertage
admin-holidays-hint = Je eine Zeile: 2027-05-17 und ein Name, oder 12-25 und ein Name für jedes Jahr.
admin-holiday-unclear = Feiertage, Zeile { $line }: Geben Sie ein Datum als 2027-05-17 oder 12-25 ein, danach einen Namen.
admin-texts = Was er sagt
admin-texts-hint = Ohne Text gilt, was Deskbell selbst sagt. Wer liest, sieht seine eigene Sprache, sonst Englisch.
admin-text-welcome = Wenn jemand da ist ({ $language })
admin-text-away = Wenn niemand da ist ({ $language })
admin-language-code = Weitere Sprache (Code)
admin-language-add = Sprache hinzufügen
admin-language-hint = Geben Sie den Code einer Sprache ein, wie fr oder nb.
admin-snippets = Snippets
admin-snippets-why = Ein Snippet bringt den Chat auf Webseiten: eine Zeile Code für die Seiten, die es nennt. Änderungen hier wirken dort, sobald eine Seite wieder geöffnet wird.
admin-no-snippets = Es gibt noch keine Snippets.
admin-snippet = Snippet
admin-snippet-new = Neues Snippet
admin-snippet-change = Snippet ändern: { $name }
admin-snippet-id = Name im Code
admin-snippet-id-hint = Buchstaben a bis z, Ziffern und -. Er bleibt, weil Seiten ihn enthalten.
admin-snippet-title = Titel
admin-snippet-title-hint = Steht über dem Chatfenster.
admin-snippet-needs = Geben Sie einen Namen für den Code und einen Titel ein.
admin-sites = Websites
admin-sites-hint = Je eine Zeile, mit https:// und ohne Pfad. Keine andere Website kann den Chat zeigen.
admin-launcher = Knopf zum Chat
admin-look = Aussehen
admin-look-why = Wie Ihre Seiten heißen und aussehen: für Agenten, im Portal und im Chat. Was auf einem Startknopf steht, gehört zum Snippet.
admin-look-logo = Logo
admin-look-logo-hint = Ein PNG mit höchstens 512 Pixeln je Seite und 300 kB. Es steht dort, wo man sich anmeldet, und im Portal.
admin-look-logo-choose = Bild wählen
admin-look-logo-remove = Wegnehmen
admin-look-sample = Bei Tag und bei Nacht
admin-look-contrast = Eine Farbe, die man nicht lesen könnte, wird bei Tag dunkler und bei Nacht heller, gerade so weit wie nötig: Wörter haben einen Kontrast von mindestens 4,5 zu dem, was dahinter ist.
admin-look-button = Speichern
admin-look-link = Ein Link
admin-look-chosen = Gewählt
admin-look-light = Bei Tag.
admin-look-dark = Bei Nacht.
admin-look-as-chosen = { $colour }, wie gewählt; Kontrast { $contrast }.
admin-look-moved = { $colour }, damit man es lesen kann; Kontrast { $contrast }.
admin-launcher-start = Am Zeilenanfang: links, und rechts, wo von rechts nach links geschrieben wird
admin-launcher-hidden = Verborgen, solange niemand da ist
admin-launcher-colour = Eine eigene Farbe
admin-launcher-which = Farbe des Knopfs
admin-launcher-label = Aufschrift ({ $language })
admin-code = Code für die Seiten
admin-code-hint = Setzen Sie diese Zeile vor das Ende des body oder in den head.
admin-policy = Content Security Policy
admin-policy-hint = Seiten mit einer solchen Richtlinie nehmen diese Adressen darin auf. Mehr braucht es nicht.
admin-page = Eine Seite im Betrieb
admin-page-hint = Sieht eine Seite der Websites oben so an, wie es ein Browser täte, und sagt, was im Weg steht.
admin-page-address = Ihre Adresse
admin-page-look = Ansehen
admin-page-fine = Die Seite lädt den Chat und erlaubt sich das auch.
admin-page-open = Öffnen und nachsehen, ob etwas auf dem Knopf liegt
admin-page-no_address = Das ist keine Adresse wie https://www.example.org/.
admin-page-not_a_site = { $said } gehört nicht zu den Websites dieses Snippets. Tragen Sie sie oben ein und speichern Sie.
admin-page-unreachable = Die Seite ist nicht erreichbar: { $said }.
admin-page-answered = Die Seite antwortet mit { $said }. Nennen Sie die Seite selbst.
admin-page-no_script = Die Seite lädt den Chat nicht. Setzen Sie die Zeile oben hinein.
admin-page-other_snippet = Die Seite lädt ein anderes Snippet: { $said }.
admin-page-script_forbidden = Die Content Security Policy der Seite verbietet das Skript. Nehmen Sie die Adresse oben in script-src auf.
admin-page-frame_forbidden = Die Content Security Policy der Seite verbietet den Rahmen. Nehmen Sie die Adresse oben in frame-src auf.
admin-identity = Signierte Identität
admin-identity-hint = Seiten, auf denen man angemeldet ist, können beweisen, wer da ist: Dann gibt niemand seinen Namen ein, und man findet den eigenen Chat auf jedem Gerät. Dazu signiert der Server der Seite ein Token mit einem Schlüssel dieses Snippets.
admin-identity-make = Schlüssel erzeugen
admin-identity-another = Weiteren Schlüssel erzeugen
admin-identity-key = Schlüssel vom { $made }
admin-identity-remove = Entfernen
admin-identity-remove-label = Schlüssel vom { $made } entfernen
admin-identity-told = Bewahren Sie diesen Schlüssel auf dem Server der Seite auf, wo ihn niemand liest. Er wird nur dieses eine Mal gezeigt.
admin-identity-how = Signieren Sie diese Angaben für jede Seite neu als JSON Web Token mit HS256, und setzen Sie das Token als data-identity in die Zeile oben.
admin-preview = Vorschau
admin-preview-hint = Mit dem, was gerade in den Feldern steht. Der Agent ist simuliert: Niemand wird gerufen, und nichts wird gespeichert.
admin-copy-label = Kopieren: { $what }
admin-letters = E-Mail
admin-letters-why = E-Mails, die unterwegs sind oder nicht ankamen. Was ankam, steht hier nicht; was in einer E-Mail steht, sieht hier niemand.
admin-no-mail-server = Es ist kein Mailserver eingerichtet. Nennen Sie einen unter [mail] in der Konfiguration und versuchen Sie ihn mit deskbell mail test.
admin-no-letters = Nichts ist unterwegs, und nichts schlug fehl.
admin-letter = Betrifft
admin-letter-somebody = Ein Besucher
admin-letter-ticket = Ticket { $number }
admin-letter-chat = Chat
admin-letter-state = Zustand
admin-letter-said = Der Mailserver sagte
admin-letter-tries = { $count ->
    [one] Ein Versuch
   *[other] { $count } Versuche
}
admin-letter-failed = Fehlgeschlagen
admin-letter-perhaps = Vielleicht gesendet
admin-letter-waits = Nächster Versuch { $at }
admin-letter-sending = Wird gesendet
admin-send-again = Erneut senden
admin-rights = Rollen und Gruppen
admin-rights-why = Kanäle und Queues gehören zu Gruppen. Eine Rolle hat Rechte an Gruppen, und jeder Agent in ihr hat sie. Was angekreuzt wird, wirkt sofort.
admin-role-new = Neue Rolle
admin-group-new = Neue Gruppe
admin-members = { $count ->
    [0] Keine Agenten
    [one] Ein Agent
   *[other] { $count } Agenten
}
admin-key-on = { $key } an { $group }
admin-key = { $is ->
    [chat_owner] Chats besitzen
    [chat_participant] An Chats teilnehmen
    [chat_observer] Chats beobachten
    [ro] Lesen
    [move_into] Verschieben in
    [create] Erstellen
    [note] Notizen hinzufügen
    [owner] Besitzer ändern
    [priority] Priorität ändern
   *[rw] Alles (rw)
}

setting-chat_active = Chat ist eingeschaltet
setting-chat_active-about = Besucher und Kunden können Chats anfragen, und Agenten können chatten.
setting-public_to_agent = Besucher an Agenten
setting-public_to_agent-about = Besucher von Webseiten dürfen Chats beginnen.
setting-customer_to_agent = Kunden an Agenten
setting-customer_to_agent-about = Kundenbenutzer dürfen Chats beginnen.
setting-agent_to_customer = Agenten an Kunden
setting-agent_to_customer-about = Agenten dürfen Chats mit Kundenbenutzern beginnen.
setting-agent_to_agent = Agenten an Agenten
setting-agent_to_agent-about = Agenten dürfen miteinander Chats beginnen und einladen.
setting-agent_idle_s = Agent ist abwesend nach
setting-agent_idle_s-about = Nach so langer Zeit ohne Aktivität gilt ein Agent als abwesend.
setting-customer_idle_s = Kunde ist abwesend nach
setting-customer_idle_s-about = Nach so langer Zeit ohne Aktivität gilt ein Kundenbenutzer als abwesend.
setting-offline_after_s = Offline nach
setting-offline_after_s-about = So lange nach dem letzten Lebenszeichen ihrer Browser gelten Personen als offline.
setting-lease_s = Ein verschwundener Agent behält Chats für
setting-lease_s-about = Danach warten sie wieder, und jemand anderes kann sie annehmen.
setting-sign_in_lowers_availability = Anmelden nimmt die Verfügbarkeit zurück
setting-sign_in_lowers_availability-about = Wer für externe Chats verfügbar war, ist es nach dem Anmelden nur für interne, außer er ist schon da.
setting-unseen_mail_s = Ungesehene Nachrichten per E-Mail nach
setting-unseen_mail_s-about = Was ein Agent geschrieben und ein Kundenbenutzer, oder ein Besucher mit bestätigter Adresse, so lange nicht gesehen hat, geht einmal per E-Mail an ihn; 0 für nie.
setting-mail_language = Sprache von E-Mails
setting-mail_language-about = Von E-Mails, die niemand angefordert hat: de oder en.
setting-service_name = Name dieses Helpdesks
setting-service_name-about = Wie seine Seiten heißen; leer für den Namen des Produkts.
setting-accent_colour = Farbe von Knöpfen und Links
setting-accent_colour-about = Wie #1a5f7a; leer für die des Produkts.
setting-agent_alias = Name der Agenten
setting-agent_alias-about = Was Externe statt der Namen der Agenten sehen; leer für deren eigene Namen.
setting-agent_alias_numbers = Nummer hinter dem Namen der Agenten
setting-agent_alias_numbers-about = Dem Namen folgt eine Nummer in der Reihenfolge des Beitritts.
setting-receiving_group = Gruppe, die Chats empfängt
setting-receiving_group-about = Agenten mit irgendeinem Recht an dieser Gruppe dürfen Chats empfangen.
setting-starting_group = Gruppe, die Chats beginnt
setting-starting_group-about = Agenten mit irgendeinem Recht an dieser Gruppe dürfen Chats beginnen.
setting-no_answer_s = Keine Antwort nach
setting-no_answer_s-about = Nach so langem Warten werden Externen andere Wege angeboten.
setting-personal_request_s = Persönliche Anfragen enden nach
setting-personal_request_s-about = Eine Anfrage an eine Person, die niemand beantwortet, endet dann.
setting-external_gone_s = Externer gilt als gegangen nach
setting-external_gone_s-about = Nach so langer Zeit ohne Verbindung sinkt der Chat eines Externen in der Liste.
setting-external_closes_s = Verlassene Chats schließen nach
setting-external_closes_s-about = Nach so langer Zeit ohne Verbindung des Externen schließt ein offener Chat.
setting-customer_starts_from_ticket = Kundenbenutzer beginnen Chats zu Tickets
setting-customer_starts_from_ticket-about = Aus einem ihrer Tickets, im Kanal von dessen Queue.
setting-customer_starts_without_ticket = Kundenbenutzer beginnen Chats ohne Ticket
setting-customer_starts_without_ticket-about = Auf den Seiten des Portals.
setting-agent_starts_from_ticket = Agenten beginnen Chats zu Tickets
setting-agent_starts_from_ticket-about = Mit dem Kundenbenutzer des Tickets, wenn er da ist.
setting-agent_starts_without_ticket = Agenten beginnen Chats ohne Ticket
setting-agent_starts_without_ticket-about = Mit einem Kundenbenutzer, den sie da sehen.
setting-customer_starts_from_company_ticket = Kundenbenutzer beginnen Chats zu Tickets von Kollegen
setting-customer_starts_from_company_ticket-about = Auch zu Tickets ihrer Firma, die für jemand anderen sind.
setting-agent_starts_need_key = Recht, das Agenten für einen Chat zu einem Ticket brauchen
setting-agent_starts_need_key-about = Mit dessen Kundenbenutzer. An der Gruppe der Queue: ro, note, owner, priority oder rw.
setting-agent_starts_need_lock = Chats zu einem Ticket nur, wenn man es gesperrt hat
setting-agent_starts_need_lock-about = Mit dessen Kundenbenutzer. Andere werden gebeten, es zuerst zu sperren.
setting-externals_see_picture = Externe sehen die Bilder der Agenten
setting-externals_see_picture-about = Das Bild dessen, der mit ihnen spricht, solange Agenten für Externe keinen anderen Namen haben.
setting-externals_see_language = Externe sehen die Sprachen der Agenten
setting-externals_see_language-about = Die Sprache dessen, der mit ihnen spricht, wenn sie nicht die der Seite ist und solange Agenten für Externe keinen anderen Namen haben.
setting-remind_unavailable = Agenten ohne Chat-Verfügbarkeit erinnern
setting-remind_unavailable-about = Sie lesen auf jeder Seite, dass sie keine Chats erreichen.
setting-out_of_office_text = Worte für Abwesende
setting-out_of_office_text-about = Neben dem Namen. Aus {"{"}day{"}"} wird der letzte Tag, aus {"{"}days{"}"} die Zahl der Tage bis dahin; leer für unsere eigenen Worte.
setting-external_text_chars = Längste Nachricht eines Externen, in Zeichen
setting-external_text_chars-about = Längere werden abgelehnt und bleiben stehen, wo sie geschrieben wurden.
setting-session_idle_s = Sekunden, bis eine unbenutzte Anmeldung endet
setting-session_idle_s-about = Danach melden sich Agenten und Kundenbenutzer neu an.
setting-session_longest_s = Längste Anmeldung in Sekunden
setting-session_longest_s-about = Wie viel sie auch benutzt wird.
setting-visitor_reads_closed_h = Stunden, die ein Besucher einen beendeten Chat lesen darf
setting-visitor_reads_closed_h-about = Danach finden ihn nur noch Agenten.
setting-mails_of_chat = E-Mails eines Chats
setting-mails_of_chat-about = So oft darf sich ein Externer einen Chat per E-Mail senden lassen.
setting-mails_to_address_per_day = E-Mails an eine Adresse am Tag
setting-mails_to_address_per_day-about = Gezählt werden die, um die Externe baten.
setting-mails_of_network_per_day = E-Mails, um die ein Netz am Tag bittet
setting-mails_of_network_per_day-about = Gezählt werden Besucher.
setting-mails_of_agent_per_day = E-Mails eines Agenten am Tag
setting-mails_of_agent_per_day-about = Danach kann ein Agent bis zum nächsten Tag keine mehr senden.
setting-mail_again_s = E-Mail erneut versuchen nach
setting-mail_again_s-about = Jeder weitere Versuch kommt nach der doppelten Zeit, höchstens vier Stunden.
setting-mail_tries = Versuche einer E-Mail
setting-mail_tries-about = Nach so vielen gilt sie als gescheitert.
setting-mail_patience_s = Auf den Mailserver warten
setting-mail_patience_s-about = So lange wird auf seine Antwort gewartet.
setting-frames_per_s = Nachrichten je Sekunde einer Verbindung
setting-frames_per_s-about = Dreimal so viele auf einmal; darüber wird sie gebremst.
setting-sign_ins_per_5_min = Anmeldeversuche in fünf Minuten
setting-sign_ins_per_5_min-about = Gezählt für jedes Netz.
setting-visitors_per_min = Neue Besucher in einer Minute
setting-visitors_per_min-about = Gezählt für jedes Netz.
setting-starts_per_min = Angefragte Chats in einer Minute, von einem Netz
setting-starts_per_min-about = Darüber hinaus werden Leute gebeten, kurz zu warten.
setting-starts_of_one_per_min = Angefragte Chats in einer Minute, von einer Person
setting-starts_of_one_per_min-about = Darüber hinaus wird die Person gebeten, kurz zu warten.
setting-files_of_one_per_min = Dateien in einer Minute, von einer Person
setting-files_of_one_per_min-about = Darüber hinaus wird die Person gebeten, kurz zu warten.
setting-visitor_files_mib = MiB an Dateien am Tag, von einem Besucher
setting-visitor_files_mib-about = Bei 0 wird keine angenommen.
setting-customer_files_mib = MiB an Dateien am Tag, von einem Kundenbenutzer
setting-customer_files_mib-about = Bei 0 wird keine angenommen.
setting-agent_files_mib = MiB an Dateien am Tag, von einem Agenten
setting-agent_files_mib-about = Bei 0 wird keine angenommen.

preview-agent = Robin
preview-greets = Hallo! So sieht ein Chat hier aus. Am anderen Ende ist niemand, schreiben Sie also, was Sie möchten.
preview-answers = Danke. Auf Ihrer Website liest das einer Ihrer Agenten und antwortet.
