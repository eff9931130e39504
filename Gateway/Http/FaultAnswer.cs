namespace OrleansTicker.Gateway.Http;

/// <summary>What a fault is answered with.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Error">The error's words.</param>
/// <param name="Log">Tells the operator of it; null where there is nothing to tell.</param>
/// <param name="RetryAfter">When the client should come again, in seconds; null where nobody knows.</param>
internal sealed record FaultAnswer(int Status, string Error, Action? Log = null, int? RetryAfter = null);
