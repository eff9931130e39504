namespace OrleansTicker.Gateway.Protocol;

/// <summary><c>error</c>: what was wrong with a message.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Message">For people.</param>
internal sealed record ErrorJson(string Code, string Message) : ServerMessageJson;
