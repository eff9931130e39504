using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Candles.Sending;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Tests.Grains.Prices;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Candles.Sending;

/// <summary>How batches get to their shards, whatever these do.</summary>
public sealed class CandleSenderTests : IDisposable
{
    private const int ToldFailing = 1023;
    private const int ToldWell = 1024;
    private const int ToldLost = 1025;
    private const int ToldLeft = 1026;

    private readonly FakeTimeProvider _time = new();
    private readonly SeenLogs _logs = new();
    private readonly ShardGrains _grains;
    private readonly CandleSender _sender;
    private readonly long[] _seqs = new long[ICandleGrain.Shards];

    public CandleSenderTests()
    {
        (var factory, _grains) = ShardGrains.Create();
        _sender = new CandleSender(factory, _time, _logs);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_shard_gets_its_batches_once_and_in_order()
    {
        for (var round = 0; round < 20; round++)
        {
            for (var shard = 0; shard < ICandleGrain.Shards; shard++)
            {
                Send(shard);
            }
        }

        await _sender.StopAsync(Stop);

        for (var shard = 0; shard < ICandleGrain.Shards; shard++)
        {
            Assert.Equal(Enumerable.Range(1, 20).Select(seq => (long)seq), _grains.Of(shard).Taken.Select(batch => batch.At.Seq));
            Assert.False(_grains.Of(shard).HasInterleaved);
        }

        Assert.InRange(_grains.MostCalls, 1, CandleSender.MostCalls + CandleSender.MostRetries);
    }

    [Fact]
    public async Task A_shard_that_fails_is_called_again_with_its_next_batch_and_told_once()
    {
        var failures = 3;
        _grains.Before = shard => shard == 5 && failures-- > 0 ? throw new IOException("no") : Task.CompletedTask;
        for (var seq = 1; seq <= 4; seq++)
        {
            Send(5);
            var calls = seq;
            await Eventually.TrueAsync(() => _grains.Of(5).Calls >= calls && IsIdle(5), "the shard was called");
        }

        Assert.Equal([1, 2, 3, 4], _grains.Of(5).Taken.Select(batch => batch.At.Seq));
        Assert.Single(_logs.Of(ToldFailing));
        await _logs.WaitForAsync(ToldWell);
    }

    [Fact]
    public async Task Shards_that_hang_hold_up_no_others_and_are_given_up_after_a_while()
    {
        var hanging = new TaskCompletionSource();
        _grains.Before = shard => shard % 2 == 0 ? hanging.Task : Task.CompletedTask;
        for (var shard = 0; shard < ICandleGrain.Shards; shard += 2)
        {
            Send(shard);
        }

        // Once all of them have been given up, they have few calls of their own.
        await AdvanceUntilAsync(() => Enumerable.Range(0, ICandleGrain.Shards / 2).All(half => _grains.Of(half * 2).Calls > 0 && IsIdle(half * 2)));
        for (var shard = 0; shard < ICandleGrain.Shards; shard++)
        {
            Send(shard);
        }

        for (var shard = 1; shard < ICandleGrain.Shards; shard += 2)
        {
            var number = shard;
            await Eventually.TrueAsync(() => _grains.Of(number).Last.Seq == 1, "the others have theirs");
        }

        Assert.Single(_logs.Of(ToldFailing));
        hanging.SetResult();
    }

    [Fact]
    public async Task A_shard_whose_silo_has_died_gets_what_it_lacks()
    {
        _grains.IsStoring = false;
        for (var seq = 1; seq <= 3; seq++)
        {
            Send(7);
        }

        await Eventually.TrueAsync(() => _grains.Of(7).Last.Seq == 3, "the shard has its batches");
        _grains.Of(7).Die();
        Assert.Empty(_grains.Of(7).Taken);
        Send(7);

        await Eventually.TrueAsync(() => _grains.Of(7).Last.Seq == 4, "the shard has them again");
        Assert.Equal([1, 2, 3, 4], _grains.Of(7).Taken.Select(batch => batch.At.Seq));
    }

    [Fact]
    public async Task A_shard_that_is_away_for_too_long_goes_on_after_what_is_lost_and_that_is_told_once()
    {
        Send(7);
        await Eventually.TrueAsync(() => _grains.Of(7).Last.Seq == 1 && IsIdle(7), "the shard is there");
        _grains.Before = _ => throw new IOException("no");
        for (var seq = 2; seq <= 12; seq++)
        {
            Send(7, candles: ShardLine.Capacity / 4);
        }

        await _logs.WaitForAsync(ToldFailing);
        await Eventually.TrueAsync(() => IsIdle(7), "no call is in progress");
        _grains.Before = _ => Task.CompletedTask;
        Send(7);
        await Eventually.TrueAsync(() => _grains.Of(7).Last.Seq == 13, "the shard has the newest");

        var taken = _grains.Of(7).Taken;
        Assert.Equal([1, 10, 11, 12, 13], taken.Select(batch => batch.At.Seq));
        Assert.Equal(default, taken[1].After);
        Assert.Single(_logs.Of(ToldLost));
        await _logs.WaitForAsync(ToldWell);
    }

    [Fact]
    public async Task A_later_epoch_in_a_shard_is_noticed_and_older_batches_change_nothing()
    {
        var later = new CandleBatch(new CandlePosition(9, 1), default, null, DateTimeOffset.UnixEpoch, []);
        _grains.Of(7).Take(later);
        Send(7);

        await Eventually.TrueAsync(() => _sender.SeenEpoch == 9, "the epoch is noticed");
        Assert.Equal([later], _grains.Of(7).Taken);
    }

    [Fact]
    public async Task A_sender_that_stops_sends_what_is_left_also_to_shards_that_failed()
    {
        var fails = true;
        _grains.Before = _ => fails ? throw new IOException("no") : Task.CompletedTask;
        Send(5);
        await _logs.WaitForAsync(ToldFailing);
        await Eventually.TrueAsync(() => IsIdle(5), "no call is in progress");
        fails = false;

        await _sender.StopAsync(Stop);

        Assert.Equal(1, _grains.Of(5).Last.Seq);
        Assert.Empty(_logs.Of(ToldLeft));
    }

    [Fact]
    public async Task A_sender_that_stops_waits_only_for_a_moment()
    {
        var hanging = new TaskCompletionSource();
        _grains.Before = _ => hanging.Task;
        Send(5);
        Send(6);
        await Eventually.TrueAsync(() => _grains.Of(5).Calls + _grains.Of(6).Calls == 2, "both are called");

        var stopping = _sender.StopAsync(Stop);
        Assert.False(stopping.IsCompleted);
        _time.Advance(CandleSender.StopTimeout);
        await stopping.WithinTimeoutAsync();

        Assert.Contains("2 shards", Assert.Single(_logs.Of(ToldLeft)), StringComparison.Ordinal);
        hanging.SetResult();
    }

    public void Dispose() => _logs.Dispose();

    private void Send(int shard, int candles = 0)
    {
        var seq = ++_seqs[shard];
        var after = seq == 1 ? default : new CandlePosition(1, seq - 1);
        _sender.Send(shard, new CandleBatch(new CandlePosition(1, seq), after, null, DateTimeOffset.UnixEpoch, [.. new SymbolCandle[candles]]));
    }

    private bool IsIdle(int shard) => _sender.IsIdle(shard);

    private async Task AdvanceUntilAsync(Func<bool> fact) => await Eventually.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return fact();
        },
        "time brings it about");
}
