namespace OrleansTicker.LoadTest.Load;

/// <summary>A run cannot be executed as planned. The message says what to change.</summary>
internal sealed class LoadException(string message) : Exception(message);
