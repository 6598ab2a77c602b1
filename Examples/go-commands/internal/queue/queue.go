// Package queue knows the mails that wait to be sent.
package queue

// Waiting returns their recipients.
func Waiting() []string {
	return []string{"ada@example.com", "grace@example.com"}
}
