package main

import (
	"fmt"
	"log"
	"net/http"
	"os/exec"

	"example.com/mailer/internal/queue"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "waiting mails:", len(queue.Waiting()))
	})
	http.HandleFunc("/flush", func(w http.ResponseWriter, r *http.Request) {
		out, err := exec.Command("bin/worker").CombinedOutput()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Write(out)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
