using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>
/// The recording of one exchange in one pass: its next message, and what the exchange has said so far. For one thread at a time.
/// </summary>
/// <param name="file">The recording.</param>
/// <param name="startsAtZero">Whether the first message is due at zero, and not when it was received.</param>
/// <param name="isLooping">Whether a file that cannot be read is only a recording without messages: it may be rewritten between two passes.</param>
internal sealed class RecordingTrack(RecordingFile file, bool startsAtZero, bool isLooping) : IDisposable
{
    private readonly ExchangeBook _book = new(file.Exchange, product => ToSymbol(file.Exchange, product));
    private RecordingReader? _reader;
    private RecordedMessage? _next;
    private TimeSpan _receivedAt;
    private int _unreadable;

    public RecordingFile File => file;

    /// <summary>
    /// The recorded time at which the next message is due; null at the end. A message that was received before the previous one is due with
    /// it, so that the time never goes back.
    /// </summary>
    public TimeSpan? NextAt { get; private set; }

    /// <summary>When, in the time that is played, the exchange last showed a sign of life; null if it has not yet.</summary>
    public TimeSpan? HeardAt { get; private set; }

    /// <summary>How many messages have said something of products.</summary>
    public int Prices { get; private set; }

    /// <summary>How many lines could not be used.</summary>
    public int Skipped => _unreadable + (_reader?.BadLines ?? 0);

    /// <summary>Whether any symbol has a price.</summary>
    public bool HasPrice => _book.Priced > 0;

    /// <summary>Why the file cannot be read; null if it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>Moves to the first message, or to the next one.</summary>
    public async ValueTask MoveNextAsync(CancellationToken cancellationToken)
    {
        _next = await TryReadLineAsync(cancellationToken);
        if (_next is not { } next)
        {
            NextAt = null;
            return;
        }

        NextAt = NextAt is { } at ? AddGap(at, next.ReceivedAt - _receivedAt) : startsAtZero ? TimeSpan.Zero : next.ReceivedAt;
        _receivedAt = next.ReceivedAt;
    }

    /// <summary>Reads the next message into the book.</summary>
    /// <param name="now">The time that is played.</param>
    /// <returns>Whether it says something of products.</returns>
    public bool Read(TimeSpan now)
    {
        var (receivedAt, message) = _next!.Value;
        switch (_book.Read(message.Span, now, DateTimeOffset.UnixEpoch + receivedAt).Kind)
        {
            case ExchangeMessageKind.Unreadable:
                _unreadable++;
                return false;
            case ExchangeMessageKind.Data:
                HeardAt = now;
                Prices++;
                return true;
            default:
                HeardAt = now;
                return false;
        }
    }

    /// <summary>Adds what has changed since the last call.</summary>
    public void Collect(TimeSpan now, List<ExchangeQuote> quotes) => _book.Collect(now, quotes);

    public void Dispose() => _reader?.Dispose();

    /// <summary>The symbol of a product; null for a name that only a symbol of a single exchange has: it may be forged.</summary>
    private static string? ToSymbol(IExchange exchange, string product) =>
        (exchange.ToSymbol(product) ?? product) is var symbol && SymbolNames.IsOfOneExchange(symbol) ? null : symbol;

    /// <summary>Adds the time between two messages, as far as it fits: a file may hold any times.</summary>
    private static TimeSpan AddGap(TimeSpan at, TimeSpan gap) =>
        gap <= TimeSpan.Zero ? at : gap < TimeSpan.MaxValue - at ? at + gap : TimeSpan.MaxValue;

    private async ValueTask<RecordedMessage?> TryReadLineAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_reader is null)
            {
                _reader = RecordingReader.Open(file.Path);
                Problem = _reader.FindForeignEncoding() is { } encoding ? $"it is {encoding}" : null;
            }

            return Problem is null ? await _reader.ReadAsync(cancellationToken) : null;
        }
        catch (Exception fault) when (isLooping && fault is IOException or UnauthorizedAccessException)
        {
            Problem = fault.Message;
            return null;
        }
    }
}
