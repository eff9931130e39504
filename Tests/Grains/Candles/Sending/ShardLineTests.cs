using System.Collections.Immutable;
using OrleansTicker.Grains.Candles.Sending;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Grains.Candles.Sending;

/// <summary>What is kept for a shard, and what it is sent next.</summary>
public sealed class ShardLineTests
{
    private readonly ShardLine _line = new(0);
    private long _seq;

    [Fact]
    public void What_is_stored_is_not_kept_and_what_is_taken_is_not_sent_again()
    {
        Add(3);
        Assert.Equal([1, 2, 3], Next());

        Assert.True(Answer(taken: 2, stored: 1));
        Assert.Equal([3], Next());
        Assert.True(Answer(taken: 3, stored: 1));
        Assert.Empty(Next());
    }

    [Fact]
    public void A_shard_that_has_lost_what_it_had_not_stored_gets_it_again()
    {
        Add(5);
        Answer(taken: 5, stored: 2);
        Add(1);
        Assert.True(Answer(taken: 2, stored: 2));

        Assert.Equal([3, 4, 5, 6], Next());
        Assert.Equal(new CandlePosition(1, 2), _line.Next()[0].After);
    }

    [Fact]
    public void A_shard_that_has_lost_what_is_not_kept_any_more_is_told_that_it_is_lost()
    {
        Add(5);
        Answer(taken: 5, stored: 5);
        Add(1);
        Assert.True(Answer(taken: 0, stored: 0));

        Assert.Equal([6], Next());
        Assert.Equal(default, _line.Next()[0].After);
    }

    [Fact]
    public void The_number_of_candles_is_bounded_and_what_follows_a_loss_is_sent_as_such()
    {
        Add(1);
        Answer(taken: 1, stored: 1);
        var lost = Add(10, ShardLine.Capacity / 4);

        Assert.Equal(7 * (ShardLine.Capacity / 4), lost);
        Assert.Equal([9], Next());

        // The shard says where it stands, and that nothing before it is to be had is only then known for certain.
        Assert.True(Answer(taken: 1, stored: 1));
        Assert.Equal(default, _line.Next()[0].After);
        Assert.Equal([9], Next());
    }

    [Fact]
    public void What_was_taken_but_not_stored_is_no_loss_when_it_goes()
    {
        Add(1, ShardLine.Capacity);
        Answer(taken: 1, stored: 0);

        Assert.Equal(0, Add(1));
        Assert.Equal([2], Next());
        Assert.Equal(new CandlePosition(1, 1), _line.Next()[0].After);
    }

    [Fact]
    public void A_call_has_only_so_many_candles_but_at_least_one_batch()
    {
        Add(3, ShardLine.MostPerCall / 2);
        Assert.Equal([1], Next());
        Answer(taken: 3, stored: 3);
        Add(2, ShardLine.MostPerCall + 1);

        Assert.Equal([4], Next());
    }

    [Fact]
    public void One_sender_at_a_time_is_called_and_another_one_only_when_there_is_nothing_left()
    {
        Assert.True(Add());
        Assert.False(Add());
        Assert.Equal([1, 2], Next());
        Answer(taken: 2, stored: 2);
        Assert.Empty(Next());

        Assert.False(_line.TryBegin());
        Assert.True(Add());
    }

    [Fact]
    public void An_answer_that_changes_nothing_asks_for_no_other_call()
    {
        Add(2);
        Assert.True(Answer(taken: 0, stored: 0));
        Assert.False(Answer(taken: 0, stored: 0));
    }

    private bool Add() => _line.Add(Make(0), out _);

    private int Add(int batches, int candles = 0)
    {
        var sum = 0;
        for (var count = 0; count < batches; count++)
        {
            _line.Add(Make(candles), out var lost);
            sum += lost;
        }

        return sum;
    }

    private CandleBatch Make(int candles)
    {
        var after = new CandlePosition(_seq == 0 ? 0 : 1, _seq);
        return new CandleBatch(new CandlePosition(1, ++_seq), after, null, DateTimeOffset.UnixEpoch, [.. new SymbolCandle[candles]]);
    }

    private ImmutableArray<long> Next() => [.. _line.Next().Select(batch => batch.At.Seq)];

    private bool Answer(long taken, long stored) => _line.Acknowledge(new CandleReceipt(Position(taken), Position(stored)));

    private static CandlePosition Position(long seq) => seq == 0 ? default : new CandlePosition(1, seq);
}
