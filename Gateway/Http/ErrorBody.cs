using System.ComponentModel;

namespace OrleansTicker.Gateway.Http;

/// <summary>The JSON body of an error.</summary>
/// <param name="Error">What is wrong.</param>
internal sealed record ErrorBody([property: Description("What is wrong.")] string Error);
