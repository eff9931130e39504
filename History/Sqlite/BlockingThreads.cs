using System.Collections.Concurrent;

namespace OrleansTicker.History.Sqlite;

/// <summary>
/// A few threads for work that blocks: on the thread pool, a few such calls would stop everyone's prices. Work waits for its turn in a
/// bounded queue. Any thread may call it.
/// </summary>
internal sealed class BlockingThreads : IDisposable
{
    /// <summary>How many callers may wait for their turn.</summary>
    private const int Waiting = 256;

    private readonly BlockingCollection<Action> _work = new(Waiting);
    private readonly TimeProvider _time;

    /// <summary>Starts the threads.</summary>
    /// <param name="name">What they are for.</param>
    /// <param name="count">How many.</param>
    /// <param name="time">Measures how long callers wait.</param>
    public BlockingThreads(string name, int count, TimeProvider time)
    {
        _time = time;
        for (var number = 0; number < count; number++)
        {
            new Thread(Run) { Name = $"{name} {number}", IsBackground = true }.Start();
        }
    }

    /// <summary>Runs a piece of work. Its token is cancelled when the caller no longer waits.</summary>
    /// <param name="work">The work.</param>
    /// <param name="patience">How long the caller waits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It took longer, or too many wait already.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, T> work, TimeSpan patience, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_work.IsAddingCompleted, this);
        cancellationToken.ThrowIfCancellationRequested();
        using var deadline = new CancellationTokenSource(patience, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var token = end.Token;
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_work.TryAdd(() => Do(work, done, token)))
        {
            throw new TimeoutException("too many wait for the file already");
        }

        try
        {
            await using (token.Register(() => done.TrySetCanceled(token)))
            {
                return await done.Task;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("no answer in time");
        }
    }

    /// <summary>Lets the threads end after what already waits.</summary>
    public void Dispose() => _work.CompleteAdding();

    private static void Do<T>(Func<CancellationToken, T> work, TaskCompletionSource<T> done, CancellationToken token)
    {
        if (done.Task.IsCompleted)
        {
            return; // The caller has gone.
        }

        try
        {
            done.TrySetResult(work(token));
        }
        catch (Exception exception)
        {
            done.TrySetException(exception);
        }
    }

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
