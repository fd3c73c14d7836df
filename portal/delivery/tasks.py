"""What the worker does: deliver mail and run jobs; both are hints that rows may be waiting."""

from celery import shared_task

from portal.delivery import broker, jobs, outbox, post, running, services


@shared_task(ignore_result=True)
def deliver_mail() -> None:
    """Deliver the mail that is due."""
    post.deliver_round()


@shared_task(ignore_result=True)
def run_jobs() -> None:
    """Do one job, then ask for the next turn: mail gets its turn between two long jobs."""
    if running.run_next():
        broker.send(jobs.RUN)


@jobs.handler("delivery.retry_mail")
def retry_mail(job: jobs.Job) -> None:
    """Try a given-up mail again."""
    if services.restart_mail(job.object_id):
        broker.kick(outbox.DELIVER)


@jobs.handler("delivery.retry_job")
def retry_job(job: jobs.Job) -> None:
    """Try a failed job again."""
    if services.restart_job(job.object_id):
        broker.kick(jobs.RUN)
