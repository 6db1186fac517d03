"""What the image does once, beside the services: the data partition, the network's fence, the site's settings."""
