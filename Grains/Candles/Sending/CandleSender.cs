using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Sending;

/// <summary>
/// Sends batches to the shards, at least once and in order, with one call to each shard at a time. The calls are made on the thread pool, never in
/// the ticker's turns. A call that fails is repeated with the next batch of that shard.
/// </summary>
internal sealed partial class CandleSender
{
    /// <summary>How many calls are in progress at most.</summary>
    public const int MostCalls = 16;

    /// <summary>How many of those to shards that failed before are. Others do not wait for them: a silo that hangs may have half of all shards.</summary>
    public const int MostRetries = 4;

    /// <summary>How long a call may take. A little longer than the grain call itself, which otherwise says why it failed.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(6);

    /// <summary>How long a sender that stops waits for its last calls.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly ShardLine[] _lines = [.. Enumerable.Range(0, ICandleGrain.Shards).Select(shard => new ShardLine(shard))];
    private readonly Channel<ShardLine> _first = Channel.CreateUnbounded<ShardLine>();
    private readonly Channel<ShardLine> _again = Channel.CreateUnbounded<ShardLine>();
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly SendingWatch _watch;
    private readonly Task _work;
    private long _seenEpoch;

    public CandleSender(IGrainFactory grains, TimeProvider time, ILogger logger)
    {
        (_grains, _time) = (grains, time);
        _watch = new SendingWatch(logger);
        _work = Task.WhenAll(
            Enumerable.Repeat(_first, MostCalls).Concat(Enumerable.Repeat(_again, MostRetries))
                .Select(lines => Task.Run(() => SendAsync(lines.Reader))));
    }

    /// <summary>The latest epoch that a shard has had batches of; 0 if none is known.</summary>
    public long SeenEpoch => Interlocked.Read(ref _seenEpoch);

    /// <summary>Whether nothing is being sent to a shard.</summary>
    internal bool IsIdle(int shard) => !_lines[shard].IsBusy;

    /// <summary>Takes the next batch of a shard. Returns at once. For one thread at a time.</summary>
    public void Send(int shard, CandleBatch batch)
    {
        var line = _lines[shard];
        var isIdle = line.Add(batch, out var lost);
        _watch.NoteLost(shard, lost);
        if (isIdle)
        {
            Queue(line);
        }
    }

    /// <summary>Sends what is left and ends, after <see cref="StopTimeout"/> at the latest. Nothing may be sent afterwards.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var line in _lines.Where(line => line.TryBegin()))
        {
            Queue(line);
        }

        _first.Writer.TryComplete();
        _again.Writer.TryComplete();
        try
        {
            await _work.WaitAsync(StopTimeout, _time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // The lines show what is left.
        }

        _watch.NoteLeft(_lines.Count(line => line.HasUnsent));
    }

    private void Queue(ShardLine line) => (line.IsFailing ? _again : _first).Writer.TryWrite(line);

    private async Task SendAsync(ChannelReader<ShardLine> lines)
    {
        await foreach (var line in lines.ReadAllAsync())
        {
            try
            {
                await SendAsync(line);
                line.IsFailing = false;
                _watch.NoteSuccess(line.Shard);
            }
            catch (Exception e)
            {
                // Whatever is wrong with a shard: it is logged once, and the next batch tries again.
                line.IsFailing = true;
                _watch.NoteFailure(line.Shard, e);
                line.End();
            }
        }
    }

    private async Task SendAsync(ShardLine line)
    {
        while (line.Next() is { IsEmpty: false } batches)
        {
            var receipt = await _grains.GetGrain<ICandleGrain>(line.Shard).AppendAsync(batches).WaitAsync(AnswerTimeout, _time);
            NoteEpoch(receipt.Taken.Epoch);
            if (!line.Acknowledge(receipt))
            {
                line.End(); // It takes nothing now. The next batch tries again.
                return;
            }
        }
    }

    private void NoteEpoch(long epoch)
    {
        for (var seen = SeenEpoch; epoch > seen; seen = SeenEpoch)
        {
            Interlocked.CompareExchange(ref _seenEpoch, epoch, seen);
        }
    }
}
