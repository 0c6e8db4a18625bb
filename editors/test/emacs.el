;;; The example in Emacs with eglot, as a writer meets it: the diagnostic, the hover, the fix.  -*- lexical-binding: t -*-
;; Run by ./run, in the folder of the example; INIT names the lines that editors/README.md says to put into init.el.

(package-initialize) ; not done in batch
(require 'cl-lib)
(require 'eglot)
(require 'json)
(require 'seq)

(defvar limit 120 "Seconds: a loaded machine is slow, and nothing waits longer than it must.")
(defvar failed 0)
(defconst expected (json-read-file (expand-file-name "example.json" (file-name-directory load-file-name))))

(defun expected (key) (alist-get key expected))

(defmacro check (name &rest body)
  "Run BODY, a case of the test, and say how it went."
  `(condition-case problem
       (progn ,@body (princ (format "ok emacs: %s\n" ,name)))
     (error (setq failed (1+ failed) limit 10)
            (princ (format "not ok emacs: %s\n  %S\n" ,name problem)))))

(defmacro wait-for (what get)
  "Wait for GET to give something, and give it; WHAT says what it is."
  `(let ((end (+ (float-time) limit)) got)
     (while (and (not (setq got ,get)) (< (float-time) end))
       (accept-process-output nil 0.05))
     (or got (error "No %s within %s s" ,what limit))))

(defun bare (text)
  "Letters and digits of TEXT alone: a sentence is the same whatever is put around it."
  (replace-regexp-in-string "[^[:alnum:]]+" "" text))

(defun go-to (text)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun diagnostic ()
  "The diagnostic at the wrong figure."
  (save-excursion (go-to (expected 'wrong)) (car (flymake-diagnostics (point)))))

(defun hover ()
  "What the server says of the place at point, as eglot shows it in the echo area."
  (let (said)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq said text)))
    (substring-no-properties (wait-for "hover" said))))

(defun fix-with (answer)
  "Have eglot offer the fixes, and take the one whose title has ANSWER."
  (cl-letf ((last-nonmenu-event ?\r) ; not the mouse, which would bring up a menu
            ((symbol-function 'completing-read)
             (lambda (_prompt actions &rest _)
               (or (seq-find (lambda (title) (string-search answer title)) (all-completions "" actions))
                   (error "No fix with %s" answer)))))
    (eglot-code-actions (point) nil "quickfix" t)))

(load (getenv "INIT") nil t)
(setq eglot-sync-connect limit eglot-connect-timeout limit)

(check "a contradicted figure has a diagnostic"
  (find-file "draft.md")
  (run-hooks 'post-command-hook) ; where eglot-ensure starts the server
  (wait-for "server" (eglot-current-server))
  (flymake-start)
  (let ((text (flymake-diagnostic-text (wait-for "diagnostic" (diagnostic)))))
    (or (string-search (expected 'right) text) (error "%s" text))))

(check "the hover shows the source's sentence"
  (go-to (expected 'wrong))
  (let ((said (hover)))
    (or (string-search (bare (expected 'sentence)) (bare said)) (error "%s" said))))

(check "what agrees has no diagnostic, and a hover with its source"
  (go-to (expected 'agreed))
  (when (flymake-diagnostics (point)) (error "%S" (flymake-diagnostics (point))))
  (let ((said (hover)))
    (or (string-search (bare (expected 'agreed_sentence)) (bare said)) (error "%s" said))))

(check "the fix writes what the source says, and the diagnostic goes"
  (go-to (expected 'wrong))
  (let ((start (point)))
    (fix-with (expected 'right))
    (wait-for "changed text" (equal (buffer-substring start (+ start (length (expected 'right)))) (expected 'right)))
    (eglot--signal-textDocument/didChange) ; as its idle timer does
    (wait-for "end of the diagnostic" (null (flymake-diagnostics start)))))

(check "the server ends with the editor"
  (let ((server (eglot-current-server)))
    (eglot-shutdown server nil limit)
    (wait-for "end of the server" (not (jsonrpc-running-p server)))))

(kill-emacs (if (= failed 0) 0 1))
