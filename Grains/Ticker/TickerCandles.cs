using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Candles.Making;
using OrleansTicker.Grains.Candles.Sending;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Grains.Ticker;

/// <summary>The ticker's candles. No fault in them reaches its prices. Created and used only in the ticker's turns.</summary>
internal sealed partial class TickerCandles
{
    private readonly TaskScheduler _turns = TaskScheduler.Current;
    private readonly LastCandles _last;
    private readonly CandleSender _sender;
    private readonly CandleMaker _maker;
    private readonly ILogger _logger;
    private readonly Func<CandlePosition> _position;
    private readonly Func<CancellationToken, Task> _stop;
    private readonly TimeProvider _time;
    private bool _isOutage;
    private bool _isFaulty;
    private Task? _stopping;

    /// <param name="source">Where prices and trades come from.</param>
    /// <param name="grains">Has the shards.</param>
    /// <param name="position">The epoch and the newest tick.</param>
    /// <param name="last">Stops the candles when the silo stops.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told what goes wrong.</param>
    public TickerCandles(IPriceSource source, IGrainFactory grains, Func<CandlePosition> position, LastCandles last, TimeProvider time, ILogger logger)
    {
        (_position, _last, _time, _logger) = (position, last, time, logger);
        _sender = new CandleSender(grains, time, logger);
        _maker = new CandleMaker(source, _sender.Send, time, logger);
        _stop = StopInTurnAsync;
        _last.Announce(_stop);
    }

    /// <summary>The latest epoch of candles that a shard has; 0 if none is known. If it is a later one, this ticker was succeeded, or the store lost.</summary>
    public long SeenEpoch => _sender.SeenEpoch;

    /// <summary>Takes what a turn has brought. Nothing any more after the stop.</summary>
    /// <param name="changes">The quotes that the source gave in it.</param>
    /// <param name="isOutage">Whether the source has an outage.</param>
    public void TakeTurn(List<Quote> changes, bool isOutage)
    {
        _isOutage = isOutage;
        if (_stopping is null)
        {
            Try(() => _maker.TakeTurn(changes, _position(), isOutage));
        }
    }

    /// <summary>Sends the last candles, and waits a moment until the shards have them. May be repeated.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stopping is null)
        {
            _last.Withdraw(_stop);
            Try(() => _maker.MakeLast(_position(), _isOutage));
            _stopping = _sender.StopAsync(cancellationToken);
        }

        return _stopping;
    }

    /// <summary>Stops from any thread. If no turn comes any more, the wait ends all the same.</summary>
    private async Task StopInTurnAsync(CancellationToken cancellationToken)
    {
        var stopping = Task.Factory.StartNew(() => StopAsync(cancellationToken), cancellationToken, TaskCreationOptions.None, _turns).Unwrap();
        await Task.WhenAny(stopping, Task.Delay(CandleSender.StopTimeout * 2, _time, cancellationToken));
    }

    private void Try(Action make)
    {
        try
        {
            make();
            _isFaulty = false;
        }
        catch (Exception e)
        {
            // Whatever it is, the next turn tries again. It is told once.
            if (!_isFaulty)
            {
                _isFaulty = true;
                LogFault(e);
            }
        }
    }

    [LoggerMessage(1027, LogLevel.Error, "Candles are not made as they should be; prices are not affected")]
    private partial void LogFault(Exception fault);
}
