using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Clustering;

/// <summary>Writes what it is given, but of the faults of Redis only one a minute, and that in words.</summary>
internal sealed class RedisFaultLogger(ILogger inner, RedisFaults faults) : ILogger
{
    /// <summary>The client's messages go on with its whole state.</summary>
    private const int LongestCause = 200;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!RedisFaults.IsOne(exception))
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        else if (inner.IsEnabled(logLevel) && faults.MayTell(out var leftOut))
        {
            var cause = exception!.GetBaseException().Message.ReplaceLineEndings(" ");
            var more = leftOut > 0 ? $" ({leftOut} entries about Redis were left out since the last one)" : "";
            inner.Log(logLevel, eventId, state, null, (told, _) => $"{formatter(told, null)}: {cause[..Math.Min(cause.Length, LongestCause)]}{more}");
        }
    }
}
