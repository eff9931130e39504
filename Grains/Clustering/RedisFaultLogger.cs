using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Clustering;

/// <summary>Passes log entries on, but of the failures of Redis only one a minute, without its stack trace.</summary>
internal sealed class RedisFaultLogger(ILogger inner, RedisFaults faults) : ILogger
{
    /// <summary>The client appends its whole state to its messages, which is cut off.</summary>
    private const int MaxCauseLength = 200;

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
            inner.Log(logLevel, eventId, state, null, (told, _) => $"{formatter(told, null)}: {cause[..Math.Min(cause.Length, MaxCauseLength)]}{more}");
        }
    }
}
