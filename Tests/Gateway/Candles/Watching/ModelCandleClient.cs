using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Candles.Watching;
using OrleansTicker.Gateway.Channels.Candles;
using OrleansTicker.Gateway.Protocol.Native;

namespace OrleansTicker.Tests.Gateway.Candles.Watching;

/// <summary>A client that folds the messages of one series, as docs/protocol.md says, and the session that it has.</summary>
internal sealed class ModelCandleClient(WatchedSeries series, MissedCandleReader reader, FakeTimeProvider time)
{
    private readonly CandleView _view = new(series, NativeCandles.Plain);
    private readonly SortedDictionary<long, string> _running = [];
    private FollowedSeries? _session;
    private long _next = Candles.Start.ToUnixTimeSeconds();

    /// <summary>The closed candles, in the order in which they came.</summary>
    public List<string> Closed { get; } = [];

    public IEnumerable<string> Running => _running.Values;

    /// <summary>Its session ends, and another one begins with the closed candles that it has not had.</summary>
    public void Resume()
    {
        _session = new FollowedSeries(_view);
        _session.Begin(DateTimeOffset.FromUnixTimeSeconds(_next));
        _running.Clear();
    }

    /// <summary>Takes the next messages.</summary>
    public async Task TakeAsync(int most)
    {
        if (_session is null)
        {
            Resume();
        }

        for (var count = 0; count < most; count++)
        {
            var frame = _session!.Next();
            if (_session.MissingFrom is { } missing)
            {
                var reading = reader.ReadAsync(_view, missing);
                time.Advance(TimeSpan.FromSeconds(1));
                _session.Take(await reading);
                continue;
            }

            if (frame.IsEmpty)
            {
                return;
            }

            Fold(frame.Span[(frame.Span[1] < 126 ? 2 : 4)..].ToArray());
        }
    }

    private void Fold(byte[] json)
    {
        using var message = JsonDocument.Parse(json);
        foreach (var candle in message.RootElement.GetProperty("data").EnumerateArray())
        {
            var openTime = candle.GetProperty("open_time").GetInt64();
            var told = $"{openTime} {candle.GetProperty("trades")}";
            Assert.True(openTime >= _next, "Nothing is told of what was closed.");
            if (!candle.GetProperty("closed").GetBoolean())
            {
                _running[openTime] = told;
                continue;
            }

            Closed.Add(told);
            _next = openTime + 1;
            _running.Keys.Where(running => running < _next).ToList().ForEach(past => _running.Remove(past));
        }
    }
}
