namespace OrleansTicker.Gateway.Authentication;

/// <summary>The grain of a token cannot be reached, did not answer in time, or could not do what it was asked; perhaps it can later.</summary>
internal sealed class TokenStoreUnavailableException(Exception inner) : Exception("The token store cannot be used", inner);
